"""Rôle non accepté.

Un acteur qui n'a pas dit oui n'est jamais annoncé : ses rôles `propose` ne sont pas montrés hors de la maison, même
dans un élément public. L'alerte le rappelle, une fois par élément : qui lira la page ne saura pas que l'on compte sur
eux.

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

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import enumeration
from smde.model.acteurs import Acteur, Groupe, Membre, Role, StatutRole
from smde.model.champ import INTERNE
from smde.model.element import Element
from smde.rules import Faute
from smde.rules._chaine import en_vigueur, porteurs_de_roles

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every element others may read in which an actor has not said yes, once per element."""
    for porteur in porteurs_de_roles(dossier):
        yield from _attente(dossier, porteur, "roles", porteur.roles)
    for groupe in dossier.tous(Groupe):
        yield from _attente(dossier, groupe, "membres", groupe.membres)


def _attente(dossier: Dossier, element: Element, champ: str, parts: Sequence[Role | Membre]) -> Iterator[Faute]:
    if element.diffusion is INTERNE or not en_vigueur(element):
        return
    proposes = [(rang, part.acteur) for rang, part in enumerate(parts) if part.statut is StatutRole.propose]
    if not proposes:
        return
    noms = list(dict.fromkeys(_nom(dossier, acteur) for _, acteur in proposes))
    attente = "n'a pas encore accepté son rôle et ne sera pas annoncé"
    if len(noms) > 1:
        attente = "n'ont pas encore accepté leur rôle et ne seront pas annoncés"
    yield Faute(
        element.id,
        (champ, proposes[0][0]),
        f"Dans « {element.titre} », {enumeration(noms)} {attente}.",
        "Quand l'acteur a dit oui, écrivez `statut: accepte`, ou `conventionne` s'il a signé.",
    )


def _nom(dossier: Dossier, ident: str) -> str:
    acteur = dossier.elements.get(ident)
    return (acteur.sigle or acteur.titre) if isinstance(acteur, Acteur) else f"`{ident}`"
