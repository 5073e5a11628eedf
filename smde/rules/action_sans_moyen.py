"""Action sans moyen.

La phase qui arrête les moyens est close et rien n'est consacré à cette action : ni équipe, ni terrain, ni budget. Un
moyen n'est pas forcément de l'argent. Une action peut aussi s'appuyer sur les moyens de sa priorité.

Refusé

```yaml
data/demarche/phases.yml: |
  - {id: phase-moyens, titre: Organisation et moyens, ordre: 6, statut: terminee, produit: [moyens], diffusion: public}
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
schema/actions/surelever.yml: |
  id: A-03
  titre: Autoriser les entreprises à surélever leurs ateliers
  diffusion: public
  priorite: densifier-les-zones
```

Accepté

```yaml
data/demarche/phases.yml: |
  - {id: phase-moyens, titre: Organisation et moyens, ordre: 6, statut: terminee, produit: [moyens], diffusion: public}
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
schema/actions/surelever.yml: |
  id: A-03
  titre: Autoriser les entreprises à surélever leurs ateliers
  diffusion: public
  priorite: densifier-les-zones
schema/moyens.yml: |
  - id: instruction-permis
    titre: Instruction accélérée des permis en zone d'activité
    diffusion: public
    nature: juridique
    priorites: [densifier-les-zones]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Action, Moyen
from smde.rules import Faute
from smde.rules._lecture import illisible, lus_en_entier

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every action with neither moyen nor budget, once the phase that settles the moyens is closed."""
    if "moyens" not in dossier.termines or not lus_en_entier(dossier, Moyen, "actions", "priorites"):
        return
    servis = {ident for moyen in dossier.vivants(Moyen) for ident in (*moyen.actions, *moyen.priorites)}
    for action in dossier.vivants(Action):
        if action.budget or action.id in servis or action.priorite in servis:
            continue
        if not illisible(dossier, action.id, "budget", "priorite"):
            yield Faute(
                action.id,
                (),
                f"Aucun moyen n'est consacré à l'action « {action.titre} ».",
                f"Citez `{action.id}` ou sa priorité dans un moyen, ou ajoutez un `budget`.",
            )
