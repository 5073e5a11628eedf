"""Document qui ne dit pas de quelle séance il parle.

Un dossier de séance et un relevé de décisions portent sur une séance ; un projet de délibération s'adresse à une
instance. Sans cette indication, le document ne peut pas être produit.

Refusé

```yaml
data/livrables/releve.yml: |
  id: releve-juin
  titre: Relevé de décisions
  lecteur: Membres du groupe de pilotage
  modele: releve
  diffusion: public
```

Accepté

```yaml
data/livrables/releve.yml: |
  id: releve-juin
  titre: Relevé de décisions
  lecteur: Membres du groupe de pilotage
  modele: releve
  seance: pilotage-juin
  diffusion: public
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.identite import Livrable
from smde.rules import Faute

SEVERITE: Severite = "erreur"
DEMANDE = {"seance": "seance", "releve": "seance", "deliberation": "instance"}
"""The field that each of these templates cannot do without."""
_QUOI = {
    "seance": ("de quelle séance il parle", "Ajoutez `seance:` et l'identifiant d'une séance de data/demarche/."),
    "instance": ("quelle instance délibère", "Ajoutez `instance:` et l'identifiant d'une instance ou d'un groupe."),
}


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every document that lacks the séance or the body its template is about."""
    for livrable in dossier.tous(Livrable):
        champ = DEMANDE.get(livrable.modele)
        if champ and getattr(livrable, champ) is None and champ not in dossier.broken.get(livrable.id, ()):
            words, advice = _QUOI[champ]
            yield Faute(livrable.id, ("modele",), f"« {livrable.titre} » ne dit pas {words}.", advice)
