"""Action sans pilote.

Une fiche action prête à démarrer a quelqu'un qui en répond. Le pilote est exigé dès que la fiche se dit prête
(maturité `fiche_action`, `engagee` ou `realisee`) ou que la phase qui écrit les actions est close ; une idée peut
s'en passer.

Refusé

```yaml
schema/actions/registre.yml: |
  id: A-02
  titre: Tenir un registre des locaux vacants
  diffusion: public
  priorite: requalifier
  maturite: fiche_action
  descriptif: Une liste commune des locaux disponibles, revue deux fois par an.
  territoire: pays
  calendrier: {debut: 2025, fin: 2027}
  suivis:
    - {type: realisation, mesure: Nombre de locaux suivis}
```

Accepté

```yaml
schema/actions/registre.yml: |
  id: A-02
  titre: Tenir un registre des locaux vacants
  diffusion: public
  priorite: requalifier
  maturite: fiche_action
  descriptif: Une liste commune des locaux disponibles, revue deux fois par an.
  territoire: pays
  calendrier: {debut: 2025, fin: 2027}
  suivis:
    - {type: realisation, mesure: Nombre de locaux suivis}
  roles:
    - {acteur: metropole, role: pilote, statut: accepte, precision: Service du foncier}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.acteurs import NomRole
from smde.model.schema import Action
from smde.rules import Faute
from smde.rules._chaine import fiche_attendue

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every action that should be ready and that nobody leads."""
    for action in dossier.vivants(Action):
        if fiche_attendue(dossier, action) and not any(role.role is NomRole.pilote for role in action.roles):
            yield Faute(
                action.id,
                ("roles",),
                f"L'action « {action.titre} » n'a pas de pilote.",
                "Ajoutez dans `roles` une ligne `{acteur: …, role: pilote, statut: …}`, ou baissez la `maturite`.",
            )
