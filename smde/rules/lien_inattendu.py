"""Lien inattendu.

Le droit demande une relation précise avec certains cadres : les aides doivent être compatibles avec le schéma
régional, un document d'orientations le prend en compte. Un autre mot du droit à la place affaiblit, ou exagère, ce
que la collectivité doit. Les liens d'un autre ordre (`contribue`, `finance`, `decline`) restent libres.

Refusé

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    articulations:
      - {cadre: srdeii, nature: prend_en_compte}
```

Accepté

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    articulations:
      - {cadre: srdeii, nature: compatible}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.cadres import Cadre, NatureLien
from smde.rules import Faute
from smde.rules._chaine import articules, en_vigueur

SEVERITE: Severite = "alerte"
_EXIGES = (NatureLien.compatible, NatureLien.prend_en_compte)
_DU_DROIT = (NatureLien.compatible, NatureLien.prend_en_compte, NatureLien.coherence)


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every link that uses a word of the law other than the one the law asks for."""
    for element in articules(dossier):
        for rang, lien in enumerate(element.articulations if en_vigueur(element) else ()):
            cadre = dossier.elements.get(lien.cadre)
            if not isinstance(cadre, Cadre) or cadre.lien_attendu not in _EXIGES:
                continue
            if lien.nature in _DU_DROIT and lien.nature is not cadre.lien_attendu:
                yield Faute(
                    element.id,
                    ("articulations", rang, "nature"),
                    f"« {element.titre} » a un lien `{lien.nature.name}` avec « {cadre.titre} » ; le lien attendu est "
                    f"`{cadre.lien_attendu.name}`.",
                    f"Écrivez `nature: {cadre.lien_attendu.name}`, ou `contribue` si le lien n'est pas juridique.",
                )
