"""Question sans réponse.

Une question de méthode est posée et le dossier ne propose ni texte ni élément pour y répondre. Une réponse
provisoire, à valider, vaut mieux qu'un silence.

Refusé

```yaml
data/demarche/questions.yml: |
  - {id: question-champ, titre: Quel est le champ de la stratégie ?, sujet: Champ, diffusion: public}
```

Accepté

```yaml
data/demarche/questions.yml: |
  - id: question-champ
    titre: Quel est le champ de la stratégie ?
    sujet: Champ
    diffusion: public
    texte: Tout ce qui fait vivre l'emploi, et pas seulement les entreprises.
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Question
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every question of method with neither text nor element to answer it."""
    for question in dossier.vivants(Question):
        if not (question.texte or question.reponses):
            yield Faute(
                question.id,
                ("texte",),
                f"La question « {question.titre} » n'a pas de réponse.",
                "Ajoutez la réponse proposée dans `texte`, ou les éléments qui la portent dans `reponses`.",
            )
