"""Phases en désordre.

Une phase est dite terminée alors qu'une phase qui la précède ne l'est pas. Ce que le programme exige dépend des
phases closes : si l'ordre est faux, il demande trop, ou trop peu.

Refusé

```yaml
data/demarche/phases.yml: |
  - {id: phase-diagnostic, titre: Diagnostic, ordre: 1, statut: en_cours, produit: [constats], diffusion: public}
  - {id: phase-enjeux, titre: Écriture des enjeux, ordre: 2, statut: terminee, diffusion: public}
```

Accepté

```yaml
data/demarche/phases.yml: |
  - {id: phase-diagnostic, titre: Diagnostic, ordre: 1, statut: terminee, diffusion: public}
  - {id: phase-enjeux, titre: Écriture des enjeux, ordre: 2, statut: en_cours, produit: [enjeux], diffusion: public}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Phase, StatutPhase
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every closed phase that follows an open one."""
    ouverte: Phase | None = None
    phases = [phase for phase in dossier.vivants(Phase) if not illisible(dossier, phase.id, "statut", "ordre")]
    for phase in sorted(phases, key=lambda phase: phase.ordre):
        if phase.statut is not StatutPhase.terminee:
            ouverte = ouverte or phase
        elif ouverte is not None and ouverte.ordre < phase.ordre:
            yield Faute(
                phase.id,
                ("statut",),
                f"La phase « {phase.titre} » est terminée, mais « {ouverte.titre} », qui la précède, ne l'est pas.",
                "Corrigez le `statut` de l'une des deux, ou leur `ordre`.",
            )
