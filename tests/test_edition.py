"""What each readership knows, case by case: levels of elements, fields and parts, what falls with what, the door."""

import gc
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from pydantic import Field

from smde import instantane, source
from smde.diagnostic import Diagnostic, Place
from smde.dossier import Dossier, charger
from smde.edition import Edition, canonique, edition, empreinte, empreinte_edition, seulement
from smde.model.acteurs import Acteur
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion, champ
from smde.model.element import Element
from smde.model.mesures import Indicateur, Valeur
from smde.model.plan import champs
from smde.model.rubriques import RUBRIQUES
from smde.model.schema import Action, Priorite
from smde.model.strategie import Constat, Enjeu, Objectif
from smde.outputs import donnees, pandoc
from smde.pages import Gabarits
from tests.conftest import Fichiers, ecrire
from tests.generation import sous_classes

DATE = "2024-01-15"
THEMES = "- {id: foncier, titre: Foncier, diffusion: public}\n- {id: secret, titre: Secret}\n"
ACTEURS = dedent("""\
    - {id: metropole, titre: Valmer métropole, type: epci, diffusion: public}
    - {id: region, titre: Région, type: region, diffusion: public}
    - {id: armateur, titre: Un armateur discret, type: entreprise}
    """)


def lire(tmp_path: Path, fichiers: Fichiers) -> Dossier:
    base = {"data/themes.yml": THEMES, "data/acteurs.yml": ACTEURS}
    dossier = charger(ecrire(tmp_path, {**base, **fichiers}))
    assert [str(d.message) for d in dossier.diagnostics] == []
    return dossier


def vues(dossier: Dossier) -> list[Edition]:
    """The three editions, from the widest readership to the narrowest."""
    return [edition(dossier, niveau, DATE) for niveau in Diffusion]


def action(tmp_path: Path, yaml: str) -> list[Action]:
    """What each readership knows of one fiche action, for everybody."""
    text = "id: loger\ntitre: Loger les arrivants\ndiffusion: public\n" + dedent(yaml)
    return [view.element("loger", Action) for view in vues(lire(tmp_path, {"schema/actions.yml": text}))]


# ── Levels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_element_is_known_to_its_level_and_to_the_narrower_ones_and_without_level_to_staff_alone(
    tmp_path: Path,
) -> None:
    enjeux = dedent("""\
        - {id: attirer, titre: Attirer, diffusion: public}
        - {id: loger, titre: Loger, diffusion: partenaires}
        - {id: vendre, titre: Vendre le port, diffusion: interne}
        - {id: acheter, titre: Acheter l'arsenal}
        """)
    known = [[e.id for e in view.tous(Enjeu)] for view in vues(lire(tmp_path, {"strategy/enjeux.yml": enjeux}))]
    assert known == [["attirer"], ["attirer", "loger"], ["attirer", "loger", "vendre", "acheter"]]


RESTREINTS = {
    "notes": INTERNE,
    "Acteur.contact": INTERNE,
    "Acteur.position": INTERNE,
    "Action.risques": PARTENAIRES,
    "Action.negociations": PARTENAIRES,
    "Risque.titre": PARTENAIRES,
    "Risque.parade": PARTENAIRES,
    "Financement.diffusion": PARTENAIRES,
    "Negociation.avec": PARTENAIRES,
    "Negociation.demande": PARTENAIRES,
    "Negociation.contrepartie": PARTENAIRES,
    "Negociation.diffusion": PARTENAIRES,
    "Negociation.points": INTERNE,
    "Negociation.repli": INTERNE,
    "Seance.compte_rendu": INTERNE,
    "Entretien.identite": INTERNE,
    "Entretien.fonction": INTERNE,
}
"""The fields that not everybody may read. Widening one is a decision: change it here too."""


def test_the_fields_kept_from_the_public_are_these_and_no_others() -> None:
    found = {}
    for classe in {c for rubrique in RUBRIQUES for c in sous_classes(rubrique.classe)}:
        for field in champs(classe).values():
            if field.diffusion > PUBLIC:
                found["notes" if field.nom == "notes" else f"{classe.__name__}.{field.nom}"] = field.diffusion
    assert found == RESTREINTS


def test_a_field_declared_without_readers_is_for_staff_alone_and_takes_its_element_along_when_required() -> None:
    class Projet(Element):
        genre, nom, pluriel = "constat", "projet", "projets"
        cout: str | None = Field(default=None, title="Coût")

    class Vente(Element):
        genre, nom, pluriel = "constat", "vente", "ventes"
        prix: str = Field(title="Prix")

    dossier = Dossier(Path())
    dossier.elements["quai"] = Projet(id="quai", titre="Quai", diffusion=PUBLIC, cout="douze millions")
    dossier.elements["grue"] = Vente(id="grue", titre="Grue", diffusion=PUBLIC, prix="un euro")
    public, _, staff = vues(dossier)
    assert list(public.elements) == ["quai"] and list(staff.elements) == ["quai", "grue"]
    assert public.element("quai", Projet).cout is None
    assert staff.element("quai", Projet).cout == "douze millions"


def test_a_field_cannot_be_declared_without_saying_who_reads_it() -> None:
    with pytest.raises(TypeError):
        champ("Coût", "Ce que cela coûte.")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("statut", "known"), [("propose", [0, 0, 1]), ("accepte", [1, 1, 1]), ("conventionne", [1, 1, 1])]
)
def test_a_role_is_announced_once_the_actor_has_said_yes(statut: str, known: list[int], tmp_path: Path) -> None:
    roles = f"roles: [{{acteur: region, role: financeur, statut: {statut}}}]"
    assert [len(fiche.roles) for fiche in action(tmp_path, roles)] == known


@pytest.mark.parametrize(
    ("etat", "known"),
    [
        ("a_solliciter", [0, 0, 1]),
        ("sollicite", [0, 0, 1]),
        ("refuse", [0, 0, 1]),
        ("acquis", [1, 1, 1]),
        ("notifie", [1, 1, 1]),
        ("conventionne", [1, 1, 1]),
        ("verse", [1, 1, 1]),
    ],
)
def test_a_funding_is_announced_once_it_is_secured(etat: str, known: list[int], tmp_path: Path) -> None:
    plan = f"plan_financement: [{{financeur: region, annee: 2024, montant: 120000, taxe: HT, etat: {etat}}}]"
    assert [len(fiche.plan_financement) for fiche in action(tmp_path, plan)] == known


@pytest.mark.parametrize(("etat", "known"), [("estime", [0, 1, 1]), ("illustratif", [1, 1, 1]), ("vote", [1, 1, 1])])
def test_a_cost_is_for_partners_until_it_is_voted(etat: str, known: list[int], tmp_path: Path) -> None:
    budget = f"budget: [{{poste: Travaux, annee: 2024, montant: 120000, taxe: HT, etat: {etat}}}]"
    assert [len(fiche.budget) for fiche in action(tmp_path, budget)] == known


def test_risks_are_for_partners_and_what_is_negotiated_for_staff(tmp_path: Path) -> None:
    fiches = action(
        tmp_path,
        """\
        risques: [{titre: Le bailleur renonce, parade: Un second bailleur}]
        negociations:
          - {demande: Un tiers du coût, repli: Un quart}
          - {demande: La moitié du coût, points: [Le calendrier], repli: Un tiers, diffusion: partenaires}
        """,
    )
    assert [len(fiche.risques) for fiche in fiches] == [0, 1, 1]
    told = [[(n.demande, len(n.points), n.repli) for n in fiche.negociations] for fiche in fiches]
    assert told == [
        [],
        [("La moitié du coût", 0, None)],
        [("Un tiers du coût", 0, "Un quart"), ("La moitié du coût", 1, "Un tiers")],
    ]


def test_words_heard_have_readers_of_their_own_and_who_said_them_is_never_told(tmp_path: Path) -> None:
    entretiens = dedent("""\
        id: E-07
        titre: Entretien E-07
        diffusion: public
        categorie: externe
        identite: Un armateur de Valmer
        fonction: Directeur général
        verbatims:
          - {texte: Le port manque de place., diffusion: public}
          - {texte: La métropole tarde à répondre., diffusion: partenaires}
          - {texte: Nous partirons.}
        """)
    known = [view.elements["E-07"].model_dump() for view in vues(lire(tmp_path, {"data/entretiens.yml": entretiens}))]
    assert [len(interview["verbatims"]) for interview in known] == [1, 2, 3]
    assert [interview["identite"] for interview in known] == [None, None, "Un armateur de Valmer"]
    assert [interview["fonction"] for interview in known] == [None, None, "Directeur général"]


def test_a_part_inside_an_element_for_partners_stays_there(tmp_path: Path) -> None:
    """The level of a part never widens that of what holds it."""
    text = "{id: loger, titre: Loger, diffusion: partenaires, roles: [{acteur: region, role: pilote, statut: accepte}]}"
    public, partners, _ = vues(lire(tmp_path, {"schema/actions.yml": text}))
    assert "loger" not in public.elements and public.citants("region", Action) == []
    assert partners.citants("region", Action) == [partners.element("loger", Action)]


# ── What falls with what ─────────────────────────────────────────────────────────────────────────────────────────────


def test_what_requires_a_hidden_element_is_hidden_with_it_and_so_on_along_the_chain(tmp_path: Path) -> None:
    constats = dedent("""\
        - {id: vacance, titre: Vacance, theme: foncier, nature: menace, diffusion: public}
        - {id: vente, titre: Vente, theme: secret, nature: menace, diffusion: public}
        """)
    enjeux = "{id: attirer, titre: Attirer, diffusion: public, constats: [vente, vacance]}"
    demarche = dedent("""\
        seances: {id: seance-1, titre: Séance, instance: conclave, statut: prevue, diffusion: public}
        decisions:
          - {id: decision-1, titre: Décision, instance: bureau, seance: seance-1, date: 2024-01-02, resultat: adopte,
             diffusion: public}
          - {id: decision-2, titre: Décision, instance: conclave, date: 2024-01-02, resultat: adopte, diffusion: public}
        """)
    instances = dedent("""\
        - {id: bureau, titre: Bureau, nature: instance, diffusion: public}
        - {id: conclave, titre: Conclave, nature: instance}
        """)
    public, _, staff = vues(
        lire(
            tmp_path,
            {
                "strategy/diagnostic.yml": constats,
                "strategy/enjeux.yml": enjeux,
                "data/demarche.yml": demarche,
                "schema/organisation.yml": instances,
            },
        )
    )
    assert "vente" not in public.elements, "its theme is hidden"
    assert public.element("attirer", Enjeu).constats == ["vacance"], "and it is cited no more"
    assert staff.element("attirer", Enjeu).constats == ["vente", "vacance"]
    assert "seance-1" not in public.elements and "decision-2" not in public.elements
    assert public.elements["decision-1"].model_dump()["seance"] is None, "an optional reference falls alone"


def test_a_part_that_requires_a_hidden_element_is_hidden_with_it(tmp_path: Path) -> None:
    public, _, staff = action(
        tmp_path,
        """\
        roles:
          - {acteur: armateur, role: partenaire, statut: accepte}
          - {acteur: metropole, role: pilote, statut: accepte}
        """,
    )
    assert [role.acteur for role in public.roles] == ["metropole"]
    assert [role.acteur for role in staff.roles] == ["armateur", "metropole"]


def test_a_block_that_holds_only_hidden_things_is_as_if_it_had_never_been_written(tmp_path: Path) -> None:
    calendar = "calendrier: {prochaine_decision: seance-1}\nvalidation: {decision: decision-1}\n"
    demarche = dedent("""\
        seances: {id: seance-1, titre: Séance, instance: bureau, statut: prevue}
        decisions: {id: decision-1, titre: Décision, instance: bureau, date: 2024-01-02, resultat: adopte}
        """)
    bureau = "{id: bureau, titre: Bureau, nature: instance, diffusion: public}"
    bare = "id: loger\ntitre: Loger\ndiffusion: public\n"
    files = {"data/demarche.yml": demarche, "schema/organisation.yml": bureau}
    with_block = edition(lire(tmp_path / "un", {**files, "schema/actions.yml": bare + calendar}), PUBLIC, DATE)
    without = edition(lire(tmp_path / "autre", {**files, "schema/actions.yml": bare}), PUBLIC, DATE)
    assert with_block == without
    assert with_block.element("loger", Action).calendrier is None
    assert canonique(with_block.elements["loger"]) == canonique(without.elements["loger"])


def test_a_series_goes_with_its_indicator_and_the_logo_with_the_identity(valmer: Dossier) -> None:
    for view in vues(valmer):
        assert view.series.keys() <= view.elements.keys()
        assert set(view.fichiers) == {"logo.svg"} == {view.identite.logo}
    hidden = {i.id for i in valmer.tous(Indicateur)} - {i.id for i in vues(valmer)[0].tous(Indicateur)}
    assert hidden.isdisjoint(vues(valmer)[0].series)
    assert vues(valmer)[2].series.keys() == valmer.series.keys()


def test_texts_say_that_something_is_withheld_and_not_what(tmp_path: Path) -> None:
    text = 'texte: "Voir [[armateur]], [un *proche*](armateur) et [[region]]."'
    public, _, staff = action(tmp_path, text)
    assert public.texte == "Voir (élément non diffusé), un *proche* et [[region]]."
    assert staff.texte == "Voir [[armateur]], [un *proche*](armateur) et [[region]]."


@pytest.mark.parametrize(
    ("diffusion", "plafond", "known"),
    [
        ("public", "interne", [1, 1, 1]),
        ("public", "public", [1, 0, 0]),
        ("partenaires", "partenaires", [0, 1, 0]),
        ("interne", "partenaires", [0, 0, 0]),
    ],
)
def test_a_document_is_not_made_from_an_edition_above_its_ceiling(
    diffusion: str, plafond: str, known: list[int], tmp_path: Path
) -> None:
    text = f"{{id: note, titre: Note, lecteur: L'État, modele: note, diffusion: {diffusion}, plafond: {plafond}}}"
    dossier = lire(tmp_path, {"data/livrables.yml": text})
    assert [int("note" in view.elements) for view in vues(dossier)] == known


@pytest.mark.parametrize(
    ("filtre", "known"),
    [
        ("{}", [0, 1, 2]),
        ("{priorites: [port]}", [0, 1, 2]),
        ("{priorites: [metiers]}", [2]),
        ("{priorites: [port, metiers]}", [0, 1, 2]),
        ("{cadres: [accord]}", [1, 2]),
        ("{priorites: [port], cadres: [accord]}", [1, 2]),
        ("{priorites: [metiers], cadres: [srdeii]}", [2]),
        ("{priorites: [metiers], cadres: [accord]}", []),
        ("{acteurs: [etat]}", [2]),
        ("{acteurs: [etat], priorites: [port]}", [2]),
        ("{acteurs: [region]}", [0, 1, 2]),
        ("{genres: [action]}", [0, 1, 2]),
        ("{genres: [moyen]}", []),
    ],
)
def test_a_document_limited_to_what_is_hidden_is_hidden_rather_than_printed_whole_or_empty(
    filtre: str, known: list[int], tmp_path: Path
) -> None:
    files = {
        "data/livrables.yml": "{id: note, titre: Note pour l'État, lecteur: L'État, modele: strategie-et-schema, "
        f"diffusion: public, filtre: {filtre}}}",
        "schema/priorites.yml": "- {id: port, titre: Requalifier le port, diffusion: public, "
        "articulations: [{cadre: accord, nature: finance}]}\n"
        "- {id: metiers, titre: Ouvrir une école, diffusion: interne, "
        "articulations: [{cadre: srdeii, nature: contribue}]}\n",
        "schema/actions/quai.yml": "{id: quai, titre: Rouvrir le quai, diffusion: public, priorite: port, "
        "roles: [{acteur: etat, role: financeur, statut: propose}, {acteur: region, role: pilote, statut: accepte}]}",
        "data/acteurs.yml": "- {id: etat, titre: État, type: etat, diffusion: public}\n"
        "- {id: region, titre: Région, type: region, diffusion: public}\n",
        "data/cadres.yml": "- {id: srdeii, titre: Schéma régional, type: srdeii, diffusion: public}\n"
        "- {id: accord, titre: Accord avec l'État, type: convention, diffusion: partenaires}\n",
    }
    assert [level for level, vue in enumerate(vues(lire(tmp_path, files))) if "note" in vue.elements] == known


def test_a_dossier_at_fault_leaks_no_more_than_another(tmp_path: Path) -> None:
    """An unknown level is the narrowest; what cannot be read is not shown."""
    files = {
        "strategy/enjeux.yml": "- {id: vendre, titre: Vendre, diffusion: publique}\n- {id: loger, titre: Loger}\n",
        "strategy/objectifs.yml": "{id: batir, titre: Bâtir, diffusion: public, enjeux: [vendre, loger, inconnu]}\n",
    }
    dossier = charger(ecrire(tmp_path, files))
    assert dossier.diagnostics
    public, _, staff = vues(dossier)
    assert [*public.elements] == ["batir"] and public.element("batir", Objectif).enjeux == []
    assert staff.element("batir", Objectif).enjeux == ["vendre", "loger"]


# ── What an edition is ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_edition_leads_back_to_no_dossier_no_source_and_no_place(valmer: Dossier) -> None:
    """Whatever walks its objects finds the nouns and their values, and nothing of where they come from."""
    forbidden = (Dossier, source.Source, Place, Diagnostic)
    waiting: list[Any] = [edition(valmer, PUBLIC, DATE)]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        if id(item) in seen or isinstance(item, type) or callable(item):
            continue
        seen.add(id(item))
        assert not isinstance(item, forbidden), type(item)
        waiting += [
            referent
            for referent in gc.get_referents(item)
            if type(referent).__module__.startswith("smde") or isinstance(referent, dict | list | tuple)
        ]
    assert len(seen) > 100


def test_an_edition_answers_by_kind_by_id_and_by_citation(valmer: Dossier) -> None:
    public = edition(valmer, PUBLIC, DATE)
    actions = public.tous(Action)
    assert actions and all(public.element(fiche.id, Action) is fiche for fiche in actions)
    priorite = next(fiche.priorite for fiche in actions if fiche.priorite)
    assert public.titre(priorite) == public.elements[priorite].titre
    assert public.titre("personne") is None
    assert [f for f in actions if f.priorite == priorite] == public.citants(priorite, Action)
    assert public.citants(priorite, Constat) == [] == public.citants("personne", Element)
    with pytest.raises(KeyError):
        public.element(priorite, Action)
    with pytest.raises(KeyError):
        public.element("personne", Action)


def test_the_words_of_the_levels_are_those_of_the_authority_or_those_of_the_method(valmer: Dossier) -> None:
    public = edition(valmer, PUBLIC, DATE)
    assert (public.libelle("enjeu"), public.libelle("enjeu", pluriel=True)) == ("défi", "défis")
    assert (public.libelle("priorite"), public.libelle("priorite", pluriel=True)) == (Priorite.nom, Priorite.pluriel)
    assert public.libelle("acteur", pluriel=True) == Acteur.pluriel


# ── Fingerprints ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _empreintes(tmp_path: Path, **champs_: str) -> str:
    lines = {"id": "loger", "titre": "Loger", "diffusion": "public", "texte": "Des logements.", **champs_}
    text = "\n".join(f"{nom}: {value}" for nom, value in lines.items())
    files = {"schema/actions.yml": text, "data/themes.yml": THEMES, "data/acteurs.yml": ACTEURS}
    return empreinte(charger(ecrire(tmp_path / str(len(list(tmp_path.iterdir()))), files)), "loger")


def test_the_fingerprint_moves_with_what_readers_read_and_with_nothing_else(tmp_path: Path) -> None:
    base = _empreintes(tmp_path)
    assert _empreintes(tmp_path, notes="Le bailleur hésite.") == base
    assert _empreintes(tmp_path, validation="{statut: a_valider}") == base
    assert _empreintes(tmp_path, texte=">-\n  Des\n  logements.") == base, "the way it is written does not count"
    assert _empreintes(tmp_path, roles="[{acteur: region, role: pilote, statut: propose}]") == base
    assert _empreintes(tmp_path, negociations="[{repli: Un quart}]") == base
    assert _empreintes(tmp_path, texte="Des bureaux.") != base
    assert _empreintes(tmp_path, roles="[{acteur: region, role: pilote, statut: accepte}]") != base
    assert len(base) == 64 and int(base, 16)


# ── The door of the outputs ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_outputs_refuse_a_dossier_when_they_run(valmer: Dossier, tmp_path: Path) -> None:
    class Sosie(Edition):
        """What looks like an edition may carry anything."""

    given: Any = valmer
    for door in (
        lambda: seulement(given),
        lambda: donnees.fichiers(given),
        lambda: instantane.document(given),
        lambda: Gabarits(tmp_path, given, pandoc.read),
        lambda: seulement(object.__new__(Sosie)),
    ):
        with pytest.raises(TypeError, match="Edition"):
            door()
    view = edition(valmer, PUBLIC, DATE)
    assert seulement(view) is view


def test_mypy_refuses_a_dossier_where_an_output_wants_an_edition(tmp_path: Path) -> None:
    file = tmp_path / "fuite.py"
    file.write_text(
        dedent("""\
        from pathlib import Path

        from smde import instantane
        from smde.dossier import charger
        from smde.edition import edition
        from smde.model.champ import PUBLIC
        from smde.outputs import donnees, pandoc
        from smde.pages import Contexte, Gabarits
        from smde.views import chaine, financement, roles

        dossier = charger(Path())
        view = edition(dossier, PUBLIC, "2024-01-15")
        donnees.fichiers(view)
        Gabarits(Path(), view, pandoc.read)
        donnees.fichiers(dossier)  # refused
        instantane.document(dossier)  # refused
        Gabarits(Path(), dossier, pandoc.read)  # refused
        Contexte(dossier, {})  # refused
        roles.portefeuille(dossier, view)  # refused
        financement.couts(dossier)  # refused
        """)
    )
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", file],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
        check=False,
    ).stdout.splitlines()
    lines = file.read_text().splitlines()
    refused = {number for number, line in enumerate(lines, 1) if line.endswith("# refused")}
    errors = {int(line.split(":")[1]) for line in told if ": error: " in line and "fuite.py" in line}
    assert errors == refused, "\n".join(told)
    assert all('expected "Edition"' in line or "Acteur" in line for line in told if ": error: " in line)


def test_a_value_of_a_series_is_trimmed_like_any_part(valmer: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Valeur, "niveau", lambda _: INTERNE)
    public, _, staff = vues(valmer)
    assert {len(values) for values in public.series.values()} == {0}
    assert all(staff.series[ident] == valmer.series[ident] for ident in valmer.series)


# ── The fingerprint of an edition ────────────────────────────────────────────────────────────────────────────────────


def empreintes(tmp_path: Path, nom: str, fichiers: Fichiers) -> list[str]:
    """The fingerprint of what everybody may read, from each edition, the widest readership first."""
    dossier = charger(ecrire(tmp_path / nom, {"data/themes.yml": THEMES, "data/acteurs.yml": ACTEURS, **fichiers}))
    return [empreinte_edition(view) for view in vues(dossier)]


ENJEU = "id: attirer\ntitre: Attirer\ntexte: Sans étaler.\ndiffusion: public\n"


@pytest.mark.parametrize(
    ("fichiers", "change"),
    [
        ({"strategy/enjeux.yml": ENJEU.replace("étaler", "s'étaler")}, True),
        ({"strategy/enjeux.yml": ENJEU + "validation: {statut: a_valider}\n"}, True),
        ({"strategy/enjeux.yml": ENJEU, "strategy/objectifs.yml": "id: o\ntitre: Viser\ndiffusion: public\n"}, True),
        ({"strategy/enjeux.yml": ENJEU + "notes: À relire.\n"}, False),
        ({"strategy/enjeux.yml": ENJEU, "strategy/objectifs.yml": "id: o\ntitre: Viser\n"}, False),
        ({"strategy/enjeux/un.yml": ENJEU}, False),
        (
            {
                "strategy/enjeux.yml": ENJEU,
                "data/livrables/d.yml": "id: d\ntitre: Tout\nlecteur: Élus\nmodele: m\ndiffusion: public\n",
            },
            False,
        ),
    ],
)
def test_what_everybody_reads_makes_the_fingerprint_of_a_version_and_nothing_else_does(
    tmp_path: Path, fichiers: Fichiers, change: bool
) -> None:
    before = empreintes(tmp_path, "avant", {"strategy/enjeux.yml": ENJEU})
    after = empreintes(tmp_path, "apres", fichiers)
    assert len(set(before)) == len(set(after)) == 1, "the same for every readership"
    assert (before != after) is change


def test_a_number_of_a_series_is_part_of_the_version(tmp_path: Path, fichiers_valmer: Fichiers) -> None:
    serie = "data/indicateurs/emploi-salarie.csv"
    rows = str(fichiers_valmer[serie]).splitlines()
    changed = {**fichiers_valmer, serie: "\n".join([*rows[:-1], rows[-1].replace(",", ",1", 1), ""])}
    whole, other = (
        empreinte_edition(edition(charger(ecrire(tmp_path / nom, files)), PUBLIC, DATE))
        for nom, files in (("avant", fichiers_valmer), ("apres", changed))
    )
    assert whole != other


def test_an_edition_that_knows_less_gives_no_fingerprint_of_more(tmp_path: Path) -> None:
    public, partners, _ = vues(lire(tmp_path, {"strategy/enjeux.yml": ENJEU}))
    assert empreinte_edition(partners, PARTENAIRES)
    with pytest.raises(ValueError, match="does not know"):
        empreinte_edition(public, PARTENAIRES)
