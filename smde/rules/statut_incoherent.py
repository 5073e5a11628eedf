"""Statut incohérent.

`maturite` dit où en est l'écriture de l'action, `statut` où en est son exécution. Les deux se contredisent : une
action engagée n'est plus à lancer, une action réalisée l'est dans les deux champs.

Refusé

```yaml
schema/actions/registre.yml: |
  id: A-02
  titre: Tenir un registre des locaux vacants
  diffusion: public
  priorite: requalifier
  maturite: a_l_etude
  statut: realisee
```

Accepté

```yaml
schema/actions/registre.yml: |
  id: A-02
  titre: Tenir un registre des locaux vacants
  diffusion: public
  priorite: requalifier
  maturite: a_l_etude
  statut: a_lancer
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Action, Maturite, StatutAction
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every action whose two fields cannot both be true."""
    for action in dossier.vivants(Action):
        finie = action.maturite is Maturite.realisee
        realisee = action.statut is StatutAction.realisee
        engagee = action.maturite is Maturite.engagee and action.statut is StatutAction.a_lancer
        abandonnee = action.statut is StatutAction.abandonnee
        if (finie is not realisee and not abandonnee) or engagee:
            yield Faute(
                action.id,
                ("statut",),
                f"« {action.titre} » a la maturité `{action.maturite.name}` et le statut `{action.statut.name}` : "
                "les deux se contredisent.",
                "Corrigez `maturite` ou `statut`.",
            )
