"""Séance sans date.

Une séance qui s'est tenue a une date : sans elle, ni décision ni calendrier ne peuvent s'y rattacher. Une séance à
venir peut attendre la sienne.

Refusé

```yaml
data/demarche/seances.yml: |
  - {id: pilotage-mars, titre: Groupe de pilotage de mars, instance: pilotage, statut: tenue, diffusion: public}
```

Accepté

```yaml
data/demarche/seances.yml: |
  - {id: pilotage-mars, titre: Groupe de pilotage de mars, instance: pilotage, statut: tenue, date: 2024-03-14,
     diffusion: public}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Seance, StatutSeance
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every séance held on no known day."""
    for seance in dossier.tous(Seance):
        if seance.statut is StatutSeance.tenue and seance.date is None:
            yield Faute(
                seance.id,
                ("date",),
                f"La séance « {seance.titre} » s'est tenue, mais sa date n'est pas écrite.",
                "Ajoutez `date: AAAA-MM-JJ`.",
            )
