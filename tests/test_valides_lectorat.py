"""Nobody is shown more of what was validated than he could read that day, and may still read today."""

import json
from pathlib import Path

import pytest

from smde import edition as module_edition
from smde.changements.depuis_validation import DepuisValidation
from smde.decider import decider, ecrire
from smde.dossier import Dossier, charger
from smde.edition import Edition, Valide, edition
from smde.instantane import texte
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion
from smde.mots.modifies import AILLEURS, NON_MONTRE
from smde.textes_valides import canonique, ecrit, sceau
from smde.textes_valides import donnees as valeurs_gardees
from tests.canaris import Voliere
from tests.chaine_entiere import WORD_ET_PDF, artefacts
from tests.conftest import Fichiers
from tests.conftest import ecrire as ecrire_dossier
from tests.conftest import lire as lire_dossier
from tests.recherche import trouves
from tests.rendu import DATE
from tests.seance_tenue import DEMARCHE, ENJEUX, GARDES, OBJECTIFS, SEANCE, changee, decidee, page, phrases, textes

FICHE, ACTION = "schema/actions/requalifier-friches.yml", "action-requalifier-friches"
TITRE = (ENJEUX, "titre: Donner un avenir", "titre: Rendre un avenir")
CIBLE = (OBJECTIFS, "valeur: 6.5", "valeur: 6")


@pytest.fixture
def racine(tmp_path: Path, fichiers_valmer: Fichiers) -> Path:
    """The dossier as the séance left it."""
    return decidee(tmp_path / "valmer", fichiers_valmer)


def test_a_note_a_field_or_a_role_kept_from_these_readers_is_in_no_text_kept(racine: Path) -> None:
    hidden = "  influence: {degre: cofinance}\n  notes: xqnotecachee\n"
    dossier = changee(racine, (OBJECTIFS, "  influence: {degre: cofinance}\n", hidden), CIBLE)
    assert "xqnotecachee" not in (racine / GARDES).read_text("utf-8")
    for niveau in Diffusion:
        une = edition(dossier, niveau, DATE)
        assert "xqnotecachee" not in textes(une)
        assert not any("region" in both.avant.model_dump_json() for both in une.valides.values())
        assert all("notes" not in change for change in phrases(une, "objectif-reconversion"))


def _restreint(racine: Path, path: str, ident: str, niveau: str) -> Dossier:
    """The dossier once an element, whose `diffusion` is its last line, is for other readers."""
    text = (racine / path).read_text("utf-8")
    start = text.index(f"id: {ident}")
    at = text.index("diffusion: ", start)
    end = text.index("\n", at)
    (racine / path).write_text(f"{text[:at]}diffusion: {niveau}{text[end:]}", "utf-8")
    return charger(racine)


def test_what_was_validated_while_it_was_for_staff_is_never_shown_to_others(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    secret = str(fichiers_valmer[ENJEUX]).replace("Que faire de 37 hectares", "xqsecret, que faire de 37 hectares")
    files = {**fichiers_valmer, ENJEUX: secret.replace("  diffusion: public", "  diffusion: interne", 1)}
    racine = decidee(tmp_path, files)
    assert "xqsecret" in (racine / GARDES).read_text("utf-8")
    changee(racine, (ENJEUX, "xqsecret, que faire", "Que faire"))
    dossier = _restreint(racine, ENJEUX, "enjeu-friches", "public")
    for niveau in (PUBLIC, PARTENAIRES):
        une = edition(dossier, niveau, DATE)
        assert "enjeu-friches" in une.modifies
        assert "xqsecret" not in textes(une) and "xqsecret" not in texte(une)
        assert NON_MONTRE in page(une, "enjeux/enjeu-friches")
    assert "xqsecret" in textes(edition(dossier, INTERNE, DATE))


def test_what_these_readers_know_no_more_is_dropped_from_what_was_validated(racine: Path) -> None:
    """The constat was public when the enjeu that cites it was validated; it is for staff since."""
    changee(racine, (ENJEUX, "constats: [friches-portuaires, vacance-tertiaire]", "constats: [friches-portuaires]"))
    dossier = _restreint(racine, "strategy/diagnostic/immobilier.yml", "vacance-tertiaire", "interne")
    une = edition(dossier, PUBLIC, DATE)
    assert "enjeu-friches" in une.modifies and "vacance-tertiaire" not in textes(une)
    assert phrases(une, "enjeu-friches") == []
    said = page(une, "enjeux/enjeu-friches")
    assert AILLEURS in said and "vacance" not in said.casefold()
    constat = dossier.elements["vacance-tertiaire"].titre
    assert phrases(edition(dossier, INTERNE, DATE), "enjeu-friches") == [
        f"Le défi « Donner un avenir aux friches du port » ne s'appuie plus sur « {constat} »."
    ]


def test_an_id_cited_in_a_text_that_was_validated_is_hidden_like_any_other(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    cites = "  texte: Voir [la vacance](vacance-tertiaire) et [[vacance-tertiaire]].\n  diffusion: public\n"
    files = {**fichiers_valmer, ENJEUX: str(fichiers_valmer[ENJEUX]).replace("  diffusion: public\n", cites, 1)}
    racine = decidee(tmp_path, files)
    changee(racine, (ENJEUX, cites, "  diffusion: public\n"))
    changee(racine, (ENJEUX, "constats: [friches-portuaires, vacance-tertiaire]", "constats: [friches-portuaires]"))
    dossier = _restreint(racine, "strategy/diagnostic/immobilier.yml", "vacance-tertiaire", "interne")
    assert "vacance-tertiaire" not in textes(edition(dossier, PUBLIC, DATE))
    assert "[[vacance-tertiaire]]" in textes(edition(dossier, INTERNE, DATE))


def test_readers_who_may_read_more_are_not_told_that_it_was_taken_out(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    """Validated while it was for partners, public since: partners still read the risks, the public never did."""
    files = {
        **fichiers_valmer,
        FICHE: str(fichiers_valmer[FICHE]).replace("diffusion: public", "diffusion: partenaires"),
    }
    racine = decidee(tmp_path, files)
    changee(
        racine,
        (DEMARCHE, "      - {element: objectif-rec", f"      - {{element: {ACTION}}}\n      - {{element: objectif-rec"),
    )
    ecrire(racine, decider(charger(racine), SEANCE))
    assert '"risques"' in (racine / GARDES).read_text("utf-8")
    dossier = _restreint(racine, FICHE, ACTION, "public")
    assert edition(dossier, PUBLIC, DATE).valides == {}
    partners = edition(dossier, PARTENAIRES, DATE)
    assert '"risques":[]' in textes(partners) and "risques" in partners.elements[ACTION].model_dump(
        exclude_defaults=True
    )
    assert not any("isque" in phrase for phrase in phrases(partners, ACTION))


def test_two_dossiers_that_differ_in_what_was_validated_by_staff_alone_give_one_public_edition(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    hidden = str(fichiers_valmer[DEMARCHE])
    racine = decidee(tmp_path / "a", {**fichiers_valmer, DEMARCHE: hidden})
    public = edition(changee(racine, TITRE), PUBLIC, DATE)
    kept = json.loads((racine / GARDES).read_text("utf-8"))
    kept["textes"] |= _un_texte_interne()
    (racine / GARDES).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    assert edition(charger(racine), PUBLIC, DATE) == public
    assert len(charger(racine).textes_valides) == 3


def _un_texte_interne() -> dict[str, object]:
    text = {"id": "enjeu-friches", "titre": "xqautre"}
    return {sceau(canonique(text)): text}


def _tout_garde(dossier: Dossier, niveau: Diffusion) -> Fichiers:
    """A decision that validated every element for some readers, texts kept with all that is hidden in them, as if
    nothing had been trimmed that day; each has another title since.
    """
    kept = {}
    for ident, one in dossier.elements.items():
        if one.niveau() <= niveau and one.genre != "identite":
            text = {**valeurs_gardees(one, frozenset({"validation"})), "titre": f"Ancien titre de {ident}"}
            kept[sceau(canonique(text))] = text
    lines = "".join(f"    - {{element: {text['id']}, empreinte: {seal}}}\n" for seal, text in kept.items())
    body = next(iter(_of_genre(dossier, "groupe")))
    return {
        GARDES: ecrit(kept),
        "data/demarche/decisions/toutes.yml": f"- id: toutes\n  titre: Tout valider\n  instance: {body}\n"
        f"  date: 2020-06-18\n  resultat: adopte\n  diffusion: public\n  valide:\n{lines}",
    }


def _of_genre(dossier: Dossier, genre: str) -> list[str]:
    return [one.id for one in dossier.elements.values() if one.genre == genre and one.niveau() is PUBLIC]


def _dit(voliere: Voliere, niveau: Diffusion, racine: Path) -> bytes:
    """All that an edition knows, and says, of texts validated that hold everything."""
    ecrire_dossier(racine, voliere.fichiers())
    ecrire_dossier(racine, _tout_garde(charger(racine), niveau))
    une = edition(charger(racine), niveau, DATE)
    assert len(une.valides) > 25
    return repr([(both, phrases_de(une, both)) for both in une.valides.values()]).encode()


@pytest.mark.parametrize("niveau", [PUBLIC, PARTENAIRES])
def test_no_canary_kept_from_these_readers_comes_out_of_what_was_validated(niveau: Diffusion, tmp_path: Path) -> None:
    voliere = Voliere()
    said = _dit(voliere, niveau, tmp_path)
    assert not trouves("", said, frozenset(voliere.interdits(niveau)))
    shown = trouves("", said, frozenset(voliere.permis(niveau)))
    fields = {canari.ou for canari in voliere.permis(niveau).values() if canari.valeur in shown}
    assert {"Constat.texte", "Action.descriptif", "Acteur.competences", "Terme.id"} <= fields, "the search sees"


def test_without_the_trimming_the_same_search_finds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_edition, "_trimmed", lambda partie, *_: partie)
    voliere = Voliere()
    found = trouves("", _dit(voliere, PUBLIC, tmp_path), frozenset(voliere.interdits(PUBLIC)))
    fields = {voliere.interdits(PUBLIC)[value].ou for value in found}
    assert {"Constat.notes", "Acteur.position", "Action.roles.Role.precision", "Terme.id"} <= fields


def phrases_de(une: Edition, valide: Valide) -> list[tuple[str, str, str]]:
    found = DepuisValidation(une).changements(valide)
    return [(change.phrase, change.avant, change.apres) for change in found]


@pytest.mark.lent
def test_no_file_that_is_made_holds_what_was_validated_by_staff_alone(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    """Site, documents and data of a dossier whose folder of validated texts is full of what is not to be told."""
    racine = decidee(tmp_path / "valmer", fichiers_valmer)
    changee(racine, TITRE)
    kept = json.loads((racine / GARDES).read_text("utf-8"))["textes"]
    secret = {"id": "enjeu-friches", "titre": "xqbadokuze", "diffusion": 2, "constats": []}
    files = {**lire_dossier(racine), GARDES: ecrit({**kept, sceau(canonique(secret)): secret})}
    made = artefacts(files, PUBLIC, tmp_path / "fait", WORD_ET_PDF)
    assert not [path for path, content in made.items() if trouves(path, content, {"xqbadokuze"})]
    pages_html = [path for path, content in made.items() if b"Modifi\xc3\xa9 depuis sa validation" in content]
    assert "site/enjeux/enjeu-friches.html" in pages_html
