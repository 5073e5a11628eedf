"""What was published, in order, and which version each alias leads to: the file `publications.json`, read and written.

Everything else at the root of a publication is made from it. A version that is in it never changes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from smde.publication import grammaire
from smde.publication.grammaire import EN_VIGUEUR
from smde.refus import Refus

FICHIER, MIKE = "publications.json", "versions.json"
"""The register, and the list that the menu of versions and mike read."""


def _nommee(nom: str) -> str:
    try:
        return grammaire.version(nom)
    except Refus as refused:
        raise ValueError(str(refused)) from None


Nom = Annotated[str, AfterValidator(_nommee)]
Empreinte = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Ligne(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Publication(_Ligne):
    """One version, as it was published."""

    version: Nom
    titre: str
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    """Of its content."""
    statut: str
    """« Document de travail », « Document publié »."""
    contrat: str
    """The contract its data follow."""
    empreinte: Empreinte
    """The sha256 of the list of its files, each with its own sha256."""
    fichiers: int
    octets: int
    telechargements: Mapping[str, str] = {}
    """What readers take away: its path in the version, and what it is called."""
    instance: str = ""
    seance: str = ""
    decision: str = ""
    """In words, as they are printed: they stay true of this version whatever the dossier becomes."""
    depuis: str = ""
    """The version before it when it was published."""
    resume: tuple[str, ...] = ()
    """What changed since that one, in three lines at most."""
    passe: tuple[Nom, ...] = ()
    """The versions it knew when it was made, the most recent first."""


class Habillage(_Ligne):
    """How the pages of the root look: whose they are, in which colours, at which address."""

    collectivite: str = ""
    strategie: str = "Stratégie"
    couleur: str = Field(default="#0b3c5d", pattern=r"^#(?:[0-9a-fA-F]{3}){1,2}$")
    accent: str = Field(default="#a63d00", pattern=r"^#(?:[0-9a-fA-F]{3}){1,2}$")
    site: str = ""
    """The public address of the root, if known."""


class Registre(_Ligne):
    """Every version published, in the order of publication."""

    contrat: Literal["smde-publications/1"] = "smde-publications/1"
    habillage: Habillage = Habillage()
    alias: Mapping[str, Nom] = {}
    publications: tuple[Publication, ...] = ()

    def trouve(self, nom: str) -> Publication | None:
        """The version of this name, whatever its capitals."""
        return next((one for one in self.publications if one.version.casefold() == nom.casefold()), None)

    def recentes(self) -> list[Publication]:
        """The versions by the date of their content, the most recent first, then by publication."""
        ranks = sorted(enumerate(self.publications), key=lambda pair: (pair[1].date, pair[0]), reverse=True)
        return [one for _, one in ranks]

    def avant(self, date: str, nom: str) -> tuple[str, ...]:
        """The versions that one made of the content of `date` may speak of: those it knew, else all of its past."""
        known = self.trouve(nom)
        return known.passe if known else tuple(one.version for one in self.recentes() if one.date <= date)

    def en_vigueur(self) -> str:
        """The version in force, else the most recent."""
        return self.alias.get(EN_VIGUEUR) or self.recentes()[0].version

    def noms_de(self, version: str) -> list[str]:
        """The aliases that lead to a version."""
        return [nom for nom in grammaire.ALIAS if self.alias.get(nom) == version]

    def admet(self, nom: str) -> None:
        """Raises `Refus` when a version has this name in other capitals."""
        known = self.trouve(nom)
        if known and known.version != nom:
            raise Refus(f"La version « {known.version} » existe déjà : « {nom} » n'en diffère que par les majuscules.")

    def avec(self, ajout: "Ajout") -> "Registre":
        """The register once this is published: itself when nothing changes.

        Raises `Refus` when the name is that of a version made of other bytes, or told otherwise.
        """
        one = ajout.publication
        self.admet(one.version)
        known = self.trouve(one.version)
        if known and known.empreinte != one.empreinte:
            raise Refus(
                f"La version « {one.version} » est déjà publiée, avec un autre contenu : une version publiée ne "
                "change "
                f"jamais. Publiez ce contenu sous un autre nom, par exemple « {self._suivante(one.version)} »."
            )
        said = {"titre": "titre", "seance": "séance", "decision": "décision"}
        for field, words in said.items():
            if known and field in ajout.precise and getattr(known, field) != getattr(one, field):
                raise Refus(
                    f"La version « {one.version} » est déjà publiée ({words} : « "
                    f"{getattr(known, field) or 'aucune'} ») : "
                    "ce qui en est dit ne change plus."
                )
        alias = dict(self.alias) | ({ajout.alias: one.version} if ajout.alias else {})
        if known:
            return self if alias == self.alias else self.model_copy(update={"alias": alias})
        new = (*self.publications, one)
        return self.model_copy(update={"alias": alias, "publications": new, "habillage": ajout.habillage})

    def _suivante(self, nom: str) -> str:
        """A free name near this one."""
        start, number = nom, 2
        if grammaire.VERSION.fullmatch(nom) and nom.count(".") >= 2:
            start = nom.partition("-")[0]
            major, minor, last = start.split(".")
            rank = int(last) + 1
            while self.trouve(f"{major}.{minor}.{rank}"):
                rank += 1
            return f"{major}.{minor}.{rank}"
        while self.trouve(f"{start}-{number}"):
            number += 1
        return f"{start}-{number}"

    def octets(self) -> bytes:
        """The file of the register."""
        values = self.model_dump(mode="json", exclude_defaults=True) | {"contrat": self.contrat}
        order = {key: values[key] for key in ("contrat", "habillage", "alias", "publications") if key in values}
        return (json.dumps(order, ensure_ascii=False, indent=1) + "\n").encode()

    def mike(self) -> bytes:
        """The list of versions as mike writes it, the most recent first."""
        rows = [
            {"version": one.version, "title": one.titre, "aliases": self.noms_de(one.version)}
            for one in self.recentes()
        ]
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Ajout:
    """What a publication adds to the register."""

    publication: Publication
    habillage: Habillage
    alias: str = ""
    precise: Sequence[str] = ()
    """The fields that the person gave, and that a version already published must agree with."""


def lire(content: bytes | None, ou: str) -> Registre:
    """The register of a place; raises `Refus` when it is not one: the place is then somebody else's."""
    if content is None:
        raise Refus(
            f"{ou} existe et n'a pas été faite par ce programme ({FICHIER} n'y est pas) : rien n'y a été touché. "
            "Choisissez-en une autre avec --branche, ou un dossier vide avec --vers."
        )
    try:
        found = Registre.model_validate_json(content)
    except ValidationError:
        raise Refus(
            f"{ou} : {FICHIER} ne se lit pas (abîmé, ou écrit par une version plus récente du programme) : rien "
            "n'y a "
            "été touché."
        ) from None
    names = [one.version.casefold() for one in found.publications]
    unknown = set(found.alias.values()) - {one.version for one in found.publications}
    if len(set(names)) < len(names) or unknown or not set(found.alias) <= set(grammaire.ALIAS):
        raise Refus(f"{ou} : {FICHIER} se contredit (une version en double ou absente) : rien n'y a été touché.")
    return found
