"""Identité absente.

Rien ne dit qui écrit la stratégie : le site et les documents paraîtraient sous le titre « Dossier », sans nom, sans
couleurs et sans avertissement. La règle attend qu'il y ait un enjeu : un diagnostic seul peut s'en passer.

Refusé

```yaml
data/identite.yml: |
  # À écrire.
```

Accepté

```yaml
data/identite.yml: |
  id: identite
  titre: Métropole du Nord
  strategie: Stratégie économique de la métropole
  diffusion: public
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.identite import Identite
from smde.model.strategie import Enjeu
from smde.rules import Faute

SEVERITE: Severite = "alerte"
_FICHIER = "data/identite.yml"


def check(dossier: Dossier) -> Iterator[Faute]:
    """A dossier with enjeux and no identity; a file that cannot be read has said so itself."""
    if dossier.tous(Identite) or not dossier.tous(Enjeu) or Identite.genre in dossier.genres.values():
        return
    if not any(diagnostic.place.path == _FICHIER for diagnostic in dossier.diagnostics):
        yield Faute(
            _FICHIER,
            (),
            "Le dossier ne dit pas qui écrit la stratégie.",
            f"Créez `{_FICHIER}` avec `id`, `titre`, `strategie` et `diffusion: public`.",
        )
