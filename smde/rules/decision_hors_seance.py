"""Décision hors de sa séance.

Une décision se prend dans la séance qu'elle cite : le même jour, par la même instance, et dans une séance qui s'est
tenue.

Refusé

```yaml
data/demarche/decisions.yml: |
  - id: decision-juin
    titre: Confier le diagnostic à l'agence d'urbanisme
    diffusion: public
    instance: pilotage
    seance: pilotage-juin
    date: 2024-07-04
    resultat: adopte
    texte: Le groupe de pilotage confie le diagnostic à l'agence d'urbanisme.
```

Accepté

```yaml
data/demarche/decisions.yml: |
  - id: decision-juin
    titre: Confier le diagnostic à l'agence d'urbanisme
    diffusion: public
    instance: pilotage
    seance: pilotage-juin
    date: 2024-06-20
    resultat: adopte
    texte: Le groupe de pilotage confie le diagnostic à l'agence d'urbanisme.
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import jour
from smde.model.demarche import Decision, Seance, StatutSeance
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every decision that contradicts its séance: not held, another day, another body."""
    for decision in dossier.tous(Decision):
        seance = dossier.elements.get(decision.seance or "")
        if not isinstance(seance, Seance) or illisible(dossier, seance.id, "statut", "date", "instance"):
            continue
        if seance.statut is not StatutSeance.tenue:
            champ, ecart = "seance", f"cette séance est `{seance.statut.name}`"
        elif seance.date and seance.date != decision.date:
            champ, ecart = "date", f"la séance est du {jour(seance.date)} et la décision du {jour(decision.date)}"
        elif seance.instance != decision.instance:
            champ, ecart = "instance", f"la séance est celle de `{seance.instance}`, pas de `{decision.instance}`"
        else:
            continue
        yield Faute(
            decision.id,
            (champ,),
            f"« {decision.titre} » cite la séance « {seance.titre} », mais {ecart}.",
            "Corrigez la décision ou la séance.",
        )
