"""From a checked dossier to a published version: built, looked at as its readers will, then added to its place."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from smde import git, instantane, pages
from smde.changements.comparaison import comparer
from smde.construire import Atelier, atelier, telechargeables
from smde.dossier import Dossier
from smde.ecriture import accord, periode
from smde.edition import Edition
from smde.instantane import Instantane
from smde.libelles import mot
from smde.model.champ import Diffusion
from smde.model.demarche import Decision, Seance, StatutSeance
from smde.model.element import Element
from smde.model.identite import FormatDocument, Livrable
from smde.publication import arborescence, controle
from smde.publication.arborescence import Arborescence
from smde.publication.lieu import Lecture, Resultat
from smde.publication.registre import Ajout, Habillage, Publication, Registre
from smde.refus import Refus
from smde.reserve import Reserve
from smde.retrouver import DONNEES
from smde.versions import CONTENU, date_du_contenu

HABIT = ("macros", "docs", "mkdocs.yml")
"""What surrounds the content of a dossier."""
PROGRAMME = ("smde", "build.py", "requirements.lock")
"""With the content and what surrounds it, what a version is made of: all in git, or it could never be made again."""

_FORMES = {FormatDocument.docx: "Word", FormatDocument.pdf: "PDF", FormatDocument.xlsx: "Excel"}
_DONNEES = {DONNEES: "Données (JSON)"}

Say = Callable[[str], None]
E = TypeVar("E", bound=Element)


class Lieu(Lecture, Protocol):
    """A place where a version can be added."""

    def ouvrir(self) -> Registre:
        """What was published there, asked now."""

    def publier(self, arbre: Arborescence, ajout: Ajout) -> Resultat:
        """Add a version."""


@dataclass(frozen=True, slots=True)
class Demande:
    """What a person asks to publish."""

    version: str
    date: str
    titre: str = ""
    alias: str = ""
    seance: str = ""
    decision: str = ""


class Etat(NamedTuple):
    """The state of a dossier that becomes a version: where it is to be read, and its date."""

    racine: Path
    date: str | None
    remarque: str


@contextmanager
def etat(racine: Path, revision: str | None) -> Iterator[Etat]:
    """The dossier as it is recorded in git, or as it was at a revision, with the templates and pages it had then.

    Raises `Refus` when something of it is not recorded, or when no such revision holds a dossier.
    """
    if revision is None:
        propre(racine, (*CONTENU, *HABIT, *PROGRAMME))
        yield Etat(racine, *date_du_contenu(racine))
        return
    propre(racine, PROGRAMME)
    found = git.commit(racine, revision)
    with tempfile.TemporaryDirectory(prefix="smde-") as folder:
        if found is None or not git.extraire(racine, found, CONTENU, Path(folder)):
            raise Refus(
                f"« {revision} » n'est pas une révision de git qui contient un dossier (strategy/, schema/, data/). "
                "« git log --oneline -- strategy schema data » liste celles qui en contiennent un."
            )
        git.extraire(racine, found, HABIT, Path(folder))
        date = git.demande(racine, "log", "-1", "--format=%cs", found, "--", *CONTENU)
        yield Etat(Path(folder), date or None, "")


def propre(racine: Path, parts: Sequence[str]) -> None:
    """Raises `Refus` when these parts of what is published are not, to the letter, what is in git."""
    if git.demande(racine, "rev-parse", "--is-inside-work-tree") == "false":
        raise Refus(
            f"« {racine.absolute()} » est un dépôt sans fichiers de travail : publiez depuis un clone (git clone), "
            "qui a les fichiers du dossier."
        )
    if git.commit(racine, "HEAD") is None:
        raise Refus(
            git.refuse(racine)
            or "Ce dossier n'est pas suivi par git, ou rien n'y est encore enregistré : une version publiée doit "
            "pouvoir être "
            "refaite. Enregistrez-le (git add, git commit), puis relancez."
        )
    told = git.octets(racine, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *parts)
    content = [part for part in parts if part in CONTENU]
    asked = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", *content)
    ignored = git.octets(racine, *asked) if content else b""
    lines = [("?" in line[:2], line[3:]) for line in _lignes(told)] + [(True, line) for line in _lignes(ignored)]
    # What systems leave beside files is hidden, and no reader of a dossier opens it.
    dirty = [path for new, path in lines if not (new and "/." in f"/{path}")]
    if told is None:
        raise Refus("git ne dit pas ce qui a changé dans ce dossier : lancez « git status » pour savoir pourquoi.")
    if dirty:
        shown = ", ".join(dirty[:5]) + (f" et {len(dirty) - 5} autres" if len(dirty) > 5 else "")
        raise Refus(
            f"Des changements ne sont pas enregistrés dans git ({shown}) : ils ne peuvent pas devenir une version. "
            "Enregistrez-les (git commit) ou écartez-les, puis relancez. Pour voir le site tel quel : servir."
        )


def _lignes(told: bytes | None) -> list[str]:
    return [line for line in (told or b"").decode("utf-8", "replace").split("\0") if line]


def publier(dossier: Dossier, demande: Demande, lieu: Lieu, dire: Say, reserve: Reserve | None = None) -> Resultat:
    """Build the public edition of a checked dossier, check what was built, and add it to its place.

    Documents made of the very same things are taken from `reserve`. Raises `Refus` when it may not be published; the
    place is then as it was.
    """
    dire("Lecture de ce qui est déjà publié…")
    known = lieu.ouvrir()
    known.admet(demande.version)
    names = known.avant(demande.date, demande.version)
    passe = [_instantane(lieu, nom) for nom in names if nom != demande.version]
    making = atelier(dossier, Diffusion.public, demande.date, dire, passe=passe, version=demande.version)
    making.reserve = reserve
    told = _dit(making.edition, demande)
    with tempfile.TemporaryDirectory(prefix="smde-") as folder:
        target = Path(folder, "site")
        making.site(target, telechargeables(making.donnees(), making.documents(odt_voulu=False)))
        arbre = arborescence.lire(target, demande.version)
        dire(f"Contrôle de {accord(len(arbre.empreintes), 'fichier')}…")
        files = {path: (target / path).read_bytes() for path in arbre.empreintes}
        written = "\n".join(file.read_text("utf-8", "replace") for file in sorted(making.lieux.docs.rglob("*.md")))
        faults = controle.fautes(files, making.edition, dossier, written)
        if faults:
            raise Refus("Le site construit n'est pas publiable :\n" + "\n".join(f"  {fault}" for fault in faults))
        dire("Publication…")
        return lieu.publier(arbre, _ajout(making, demande, arbre, passe, told))


def _instantane(lieu: Lieu, nom: str) -> Instantane:
    content = lieu.octets(f"{nom}/{DONNEES}")
    if content is None:
        raise Refus(f"La version « {nom} » a été publiée sans ses données ({DONNEES}) : voir « versions --verifier ».")
    return instantane.lire(content, nom)


def _ajout(
    making: Atelier, demande: Demande, arbre: Arborescence, passe: list[Instantane], told: dict[str, str]
) -> Ajout:
    trimmed = making.edition
    identite = trimmed.identite
    changes = comparer(passe[0], instantane.prendre(trimmed, demande.version)) if passe else None
    publication = Publication(
        version=demande.version,
        titre=demande.titre or demande.version,
        date=demande.date,
        statut=pages.standing(trimmed),
        contrat=instantane.CONTRAT,
        empreinte=arbre.empreinte,
        fichiers=len(arbre.empreintes),
        octets=arbre.octets,
        telechargements=_telechargements(trimmed, arbre),
        depuis=passe[0].nom if passe else "",
        resume=tuple(changes.resume()) if changes else (),
        passe=tuple(one.nom for one in passe),
        **told,
    )
    look = Habillage(
        collectivite=identite.titre,
        strategie=identite.strategie,
        couleur=identite.couleurs.principale,
        accent=identite.couleurs.accent,
        site=identite.site or "",
    )
    given = [field for field in ("titre", "seance", "decision") if getattr(demande, field)]
    return Ajout(publication, look, demande.alias, given)


def _telechargements(trimmed: Edition, arbre: Arborescence) -> dict[str, str]:
    """The documents by their titles, then the data; series and schemas are found from the page of the version."""
    found = {}
    for livrable in trimmed.tous(Livrable):
        for form in livrable.formats:
            path = f"documents/{livrable.id}.{form.name}"
            if path in arbre.empreintes:
                found[path] = f"{livrable.titre} ({_FORMES.get(form, form.name)})"
    return found | {path: words for path, words in _DONNEES.items() if path in arbre.empreintes}


def _dit(trimmed: Edition, demande: Demande) -> dict[str, str]:
    """The body, the séance and the decision that go with a version, in words.

    Raises `Refus` when they are not in the public edition, or do not go together.
    """
    told: dict[str, str] = {}
    seance = _element(trimmed, Seance, demande.seance, "La séance") if demande.seance else None
    decision = _element(trimmed, Decision, demande.decision, "La décision") if demande.decision else None
    if seance and decision and decision.seance != seance.id:
        raise Refus(
            f"La décision « {decision.id} » n'a pas été prise à la séance « {seance.id} » : donnez l'une ou "
            "l'autre, ou "
            "corrigez le dossier."
        )
    if seance and seance.statut is StatutSeance.annulee:
        raise Refus(f"La séance « {seance.id} » a été annulée : une version ne peut pas y avoir été présentée.")
    if seance:
        date = periode(seance.date.isoformat()) if seance.date else ""
        day = f", {date}" if date and date.replace("\u00a0", " ") not in seance.titre else ""
        state = "" if seance.statut is StatutSeance.tenue else " (prévue)"
        told |= {"instance": _nom(trimmed, seance.instance), "seance": f"{seance.titre}{day}{state}"}
    if decision:
        number = f", n° {decision.numero}" if decision.numero else ""
        result = mot(decision.resultat)
        day = periode(decision.date.isoformat())
        told |= {
            "instance": _nom(trimmed, decision.instance),
            "decision": f"{decision.titre}{number}, {day} ({result})",
        }
    return told


def _nom(trimmed: Edition, ident: str) -> str:
    found = trimmed.elements.get(ident)
    return found.titre if found else ""


def _element(trimmed: Edition, classe: type[E], ident: str, what: str) -> E:
    found = trimmed.elements.get(ident)
    if isinstance(found, classe):
        return found
    known = ", ".join(one.id for one in trimmed.tous(classe)) or "aucune"
    raise Refus(f"{what} « {ident} » n'est pas dans l'édition publique. Possibles : {known}.")
