"""Document qui arrive trop tôt ou trop tard.

Un dossier de séance prépare une séance à venir ; un relevé de décisions rend compte d'une séance tenue. Une fois la
séance passée, le dossier doit préparer la suivante, et le relevé porter sur elle.

Refusé

```yaml
data/livrables/dossier.yml: |
  id: dossier-pilotage
  titre: Dossier de séance
  lecteur: Membres du groupe de pilotage
  modele: seance
  seance: pilotage-juin
  diffusion: public
```

Accepté

```yaml
data/livrables/dossier.yml: |
  id: dossier-pilotage
  titre: Dossier de séance
  lecteur: Membres du groupe de pilotage
  modele: seance
  seance: pilotage-automne
  diffusion: public
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Seance, StatutSeance
from smde.model.identite import Livrable
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"
_ATTENDU = {
    "seance": (StatutSeance.prevue, "prépare", "Citez la prochaine séance de cette instance."),
    "releve": (StatutSeance.tenue, "rend compte de", "Citez une séance tenue, ou attendez qu'elle le soit."),
}


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every pack of a séance that is over, every record of one that was not held."""
    for livrable in dossier.tous(Livrable):
        seance = dossier.elements.get(livrable.seance or "")
        if livrable.modele not in _ATTENDU or not isinstance(seance, Seance):
            continue
        wanted, does, advice = _ATTENDU[livrable.modele]
        if seance.statut is not wanted and not illisible(dossier, seance.id, "statut"):
            yield Faute(
                livrable.id,
                ("seance",),
                f"« {livrable.titre} » {does} « {seance.titre} », dont le statut est `{seance.statut.name}`.",
                advice,
            )
