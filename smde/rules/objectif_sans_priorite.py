"""Objectif sans priorité.

La phase qui produit les priorités est close et la collectivité n'a rien retenu pour cet objectif. Ce peut être un
choix : il se dit, soit en nommant un autre chef de file, soit en écrivant que la collectivité ne fait que plaider ou
observer.

Refusé

```yaml
data/demarche/phases.yml: |
  - {id: phase-priorites, titre: Choix des priorités, ordre: 4, statut: terminee, produit: [priorites],
     diffusion: public}
strategy/objectifs.yml: |
  - id: relier
    titre: Relier le territoire à Paris en trois heures
    diffusion: public
    enjeux: [sobriete]
```

Accepté

```yaml
data/demarche/phases.yml: |
  - {id: phase-priorites, titre: Choix des priorités, ordre: 4, statut: terminee, produit: [priorites],
     diffusion: public}
strategy/objectifs.yml: |
  - id: relier
    titre: Relier le territoire à Paris en trois heures
    diffusion: public
    enjeux: [sobriete]
    influence: {degre: plaide}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.acteurs import NomRole
from smde.model.schema import Priorite
from smde.model.strategie import DegreInfluence, Objectif
from smde.rules import Faute
from smde.rules._lecture import illisible, lus_en_entier

SEVERITE: Severite = "alerte"
_SANS_PRISE = (DegreInfluence.plaide, DegreInfluence.observe)


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every objectif without priorité that nobody else leads, once the phase that writes the priorités is closed."""
    if "priorites" not in dossier.termines or not lus_en_entier(dossier, Priorite, "objectifs"):
        return
    servis = {ident for priorite in dossier.vivants(Priorite) for ident in priorite.objectifs}
    collectivite = dossier.identite.acteur
    for objectif in dossier.vivants(Objectif):
        if objectif.id in servis or illisible(dossier, objectif.id, "influence", "roles"):
            continue
        if objectif.influence is not None and objectif.influence.degre in _SANS_PRISE:
            continue
        if any(role.role is NomRole.chef_de_file and role.acteur != collectivite for role in objectif.roles):
            continue
        yield Faute(
            objectif.id,
            (),
            f"Aucune priorité ne sert l'objectif « {objectif.titre} », et personne d'autre n'en est chef de file.",
            "Citez-le dans une priorité, nommez un autre `chef_de_file` dans `roles`, ou écrivez "
            "`influence: {degre: plaide}` ou `observe`.",
        )
