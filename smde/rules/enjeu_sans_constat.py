"""Enjeu sans constat.

Un enjeu dit ce que le territoire peut gagner ou perdre. S'il ne découle d'aucun constat, rien ne le prouve : devant
la Région ou l'État, il n'est plus qu'une opinion.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
```

Accepté

```yaml
strategy/diagnostic.yml: |
  - id: croissance-lente
    titre: La population progresse lentement
    theme: population
    nature: tendance
    diffusion: public
    preuves: [{par: source, source: insee-2020}]
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [croissance-lente]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.strategie import Enjeu
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every enjeu that cites no constat."""
    for enjeu in dossier.vivants(Enjeu):
        if not enjeu.constats:
            yield Faute(
                enjeu.id,
                ("constats",),
                f"L'enjeu « {enjeu.titre} » ne découle d'aucun constat.",
                "Ajoutez `constats: [identifiant-du-constat]`.",
            )
