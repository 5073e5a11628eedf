"""Document plus large que son contenu.

Le document est destiné à des lecteurs qui n'ont pas le droit de lire tout ce qu'il demande : il paraîtra sans cette
partie. C'est parfois voulu ; c'est le plus souvent un oubli dans la `diffusion` du document ou des éléments. Rien n'est
dit d'un document sans filtre ni interlocuteur : il montre à chacun ce qu'il peut lire.

Refusé

```yaml
data/livrables/fiches-du-port.yml: |
  id: fiches-du-port
  titre: Fiches action du port
  lecteur: Habitants
  modele: fiches
  diffusion: public
  filtre: {priorites: [requalifier], genres: [action]}
schema/actions/A-07.yml: |
  id: A-07
  titre: Racheter la halle aux filets
  diffusion: interne
  priorite: requalifier
```

Accepté

```yaml
data/livrables/fiches-du-port.yml: |
  id: fiches-du-port
  titre: Fiches action du port
  lecteur: Services de la métropole
  modele: fiches
  diffusion: interne
  filtre: {priorites: [requalifier], genres: [action]}
schema/actions/A-07.yml: |
  id: A-07
  titre: Racheter la halle aux filets
  diffusion: interne
  priorite: requalifier
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import accord, enumeration
from smde.filtre import criteres, portee
from smde.model.champ import PARTENAIRES
from smde.model.identite import Livrable
from smde.model.schema import Action
from smde.rules import Faute

SEVERITE: Severite = "alerte"
_MONTRES = 5


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every document that will go without a part of what it asks for."""
    for livrable in dossier.vivants(Livrable):
        positions = list(_positions(dossier, livrable))
        lost = [*_elements(dossier, livrable), *positions]
        if lost:
            level = livrable.diffusion.name
            parts = f" ; une demande ou une part porte la sienne (`diffusion: {PARTENAIRES.name}`)" if positions else ""
            yield Faute(
                livrable.id,
                ("diffusion",),
                f"« {livrable.titre} » est à diffusion {level}, mais {enumeration(lost)} : cette partie manquera dans "
                f"l'édition {level}.",
                f"Restreignez la `diffusion` du document, ou élargissez celle de ce qu'il montre{parts}.",
            )


def _elements(dossier: Dossier, livrable: Livrable) -> Iterator[str]:
    """What its filter asks for and its readers may not know."""
    if not criteres(livrable.filtre):
        return
    asked = portee(dossier.elements, livrable.filtre).vises
    hidden = asked - portee(dossier.elements, livrable.filtre, livrable.diffusion).vises
    if hidden:
        shown = [f"`{ident}`" for ident in dossier.elements if ident in hidden]
        rest = [] if len(shown) <= _MONTRES else [accord(len(shown) - _MONTRES, "autre", "autres")]
        words = accord(len(hidden), "élément demandé n'y est pas lisible", "éléments demandés n'y sont pas lisibles")
        yield f"{words} ({enumeration([*shown[:_MONTRES], *rest])})"


def _positions(dossier: Dossier, livrable: Livrable) -> Iterator[str]:
    """What is asked of those it is negotiated with and its readers may not know."""
    partners = {livrable.destinataire, *livrable.financeurs} - {None}
    if not partners:
        return
    actions = dossier.vivants(Action)
    demands = sum(
        not partners.isdisjoint(one.avec) and one.niveau() > livrable.diffusion
        for action in actions
        for one in action.negociations
    )
    shares = sum(
        part.financeur in partners and part.niveau() > livrable.diffusion
        for action in actions
        for part in action.plan_financement
    )
    if demands:
        yield accord(demands, "demande n'y est pas lisible", "demandes n'y sont pas lisibles")
    if shares:
        yield accord(shares, "part de financement n'y est pas lisible", "parts de financement n'y sont pas lisibles")
