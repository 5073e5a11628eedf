"""Rôle non accepté.

Un acteur qui n'a pas dit oui n'est jamais annoncé : ses rôles `propose` ne sont pas montrés hors de la maison, même
dans un élément public. L'alerte le rappelle, une fois par acteur, avec la liste de ce qui l'attend : c'est à lui qu'il
faut écrire, et qui lira la page ne saura pas que l'on compte sur lui.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: pilote, statut: accepte}
    - {acteur: cci, role: partenaire, statut: propose}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: pilote, statut: accepte}
    - {acteur: cci, role: partenaire, statut: accepte}
```
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from smde.diagnostic import Severite
from smde.dossier import Chemin, Dossier
from smde.ecriture import accord, enumeration
from smde.model.acteurs import Acteur, Groupe, Membre, Role, StatutRole
from smde.model.champ import INTERNE
from smde.rules import Faute
from smde.rules._chaine import en_vigueur, porteurs_de_roles
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"
CITES = 5
"""Elements named in a message; one more is named rather than counted."""


@dataclass
class _Attente:
    """What an actor has been proposed and has not accepted."""

    place: tuple[str, Chemin]
    """The first of them: the element, and the path in it."""
    roles: int = 0
    sieges: int = 0
    idents: list[str] = field(default_factory=list)


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every actor that has not said yes to a role others may read of: what awaits it, and where."""
    attentes: dict[str, _Attente] = {}
    for porteur in (*porteurs_de_roles(dossier), *dossier.tous(Groupe)):
        parts: Sequence[Role | Membre] = porteur.membres if isinstance(porteur, Groupe) else porteur.roles
        champ = "membres" if isinstance(porteur, Groupe) else "roles"
        if porteur.diffusion is INTERNE or not en_vigueur(porteur) or illisible(dossier, porteur.id, champ):
            continue
        for rang, part in enumerate(parts):
            if part.statut is StatutRole.propose:
                attente = attentes.setdefault(part.acteur, _Attente((porteur.id, (champ, rang))))
                attente.roles += champ == "roles"
                attente.sieges += champ == "membres"
                attente.idents.append(porteur.id)
    for acteur, attente in attentes.items():
        yield Faute(
            *attente.place,
            f"On attend l'accord de {_nom(dossier, acteur)} pour {_comptes(attente)} : {_ou(attente.idents)}.",
            "Quand l'acteur a dit oui, écrivez `statut: accepte`, ou `conventionne` s'il a signé.",
        )


def _comptes(attente: _Attente) -> str:
    counts = [accord(attente.roles, "rôle")] if attente.roles else []
    counts += [accord(attente.sieges, "place dans un groupe", "places dans un groupe")] if attente.sieges else []
    feminine, plural = "" if attente.roles else "e", "" if attente.roles + attente.sieges == 1 else "s"
    return f"{enumeration(counts)}, qui ne {'seront' if plural else 'sera'} pas annoncé{feminine}{plural} d'ici là"


def _ou(idents: list[str]) -> str:
    """The elements, each once; the last ones counted when they are many."""
    names = [f"`{ident}`" for ident in dict.fromkeys(idents)]
    if len(names) <= CITES + 1:
        return enumeration(names)
    return f"{', '.join(names[:CITES])} et {len(names) - CITES} autres"


def _nom(dossier: Dossier, ident: str) -> str:
    acteur = dossier.elements.get(ident)
    return f"« {acteur.sigle or acteur.titre} »" if isinstance(acteur, Acteur) else f"`{ident}`"
