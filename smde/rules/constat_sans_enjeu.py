"""Constat sans enjeu.

La phase qui produit les enjeux est close, et personne n'a dit ce que ce constat met en jeu. Soit il éclaire un enjeu
qui ne le cite pas, soit il en manque un, soit il alourdit le diagnostic pour rien. Tant que la phase est ouverte,
rien n'est demandé.

Refusé

```yaml
data/demarche/phases.yml: |
  - {id: phase-enjeux, titre: Écriture des enjeux, ordre: 2, statut: terminee, produit: [enjeux], diffusion: public}
strategy/diagnostic.yml: |
  - id: croissance-lente
    titre: La population progresse lentement
    theme: population
    nature: tendance
    diffusion: public
    preuves: [{par: source, source: insee-2020}]
```

Accepté

```yaml
data/demarche/phases.yml: |
  - {id: phase-enjeux, titre: Écriture des enjeux, ordre: 2, statut: en_cours, produit: [enjeux], diffusion: public}
strategy/diagnostic.yml: |
  - id: croissance-lente
    titre: La population progresse lentement
    theme: population
    nature: tendance
    diffusion: public
    preuves: [{par: source, source: insee-2020}]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.strategie import Constat, Enjeu
from smde.rules import Faute
from smde.rules._lecture import lus_en_entier

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every constat that no enjeu cites, once the phase that writes the enjeux is closed."""
    if "enjeux" not in dossier.termines or not lus_en_entier(dossier, Enjeu, "constats"):
        return
    repris = {ident for enjeu in dossier.vivants(Enjeu) for ident in enjeu.constats}
    for constat in dossier.vivants(Constat):
        if constat.id not in repris:
            yield Faute(
                constat.id,
                (),
                f"Aucun enjeu ne reprend le constat « {constat.titre} ».",
                f"Citez `{constat.id}` dans un enjeu, écrivez l'enjeu qui manque, ou abandonnez le constat.",
            )
