"""Logo sans texte.

Qui ne voit pas le logo doit savoir ce qu'il dit. Le texte de remplacement est une obligation d'accessibilité, sur le
site comme dans les documents.

Refusé

```yaml
data/identite.yml: |
  id: identite-metropole
  titre: Métropole
  strategie: Stratégie économique de la métropole
  diffusion: public
  logo: logo.svg
data/logo.svg: |
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>
```

Accepté

```yaml
data/identite.yml: |
  id: identite-metropole
  titre: Métropole
  strategie: Stratégie économique de la métropole
  diffusion: public
  logo: logo.svg
  logo_alternatif: Métropole
data/logo.svg: |
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.identite import Identite
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """A logo without words for those who cannot see it."""
    for identite in dossier.tous(Identite):
        if identite.logo and not identite.logo_alternatif:
            yield Faute(
                identite.id,
                ("logo",),
                f"Le logo de « {identite.titre} » n'a pas de texte de remplacement.",
                "Ajoutez `logo_alternatif`, par exemple le nom de la collectivité.",
            )
