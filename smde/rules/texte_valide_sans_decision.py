"""Texte validé sans décision.

Un texte gardé dans `data/demarche/textes-valides/` prouve ce qu'une décision a validé. Aucune décision ne cite plus son
empreinte : soit la décision a été réécrite à la main, soit ce texte ne sert plus.

Refusé

```yaml
data/demarche/textes-valides/decision-enjeux.json: |
  {"contrat": "smde-textes-valides/1",
   "textes": {
    "aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23": {
     "constats": ["vacance-tertiaire"], "diffusion": 0, "id": "attirer", "titre": "Attirer de nouveaux habitants"}}}
```

Accepté

```yaml
data/demarche/textes-valides/decision-enjeux.json: |
  {"contrat": "smde-textes-valides/1",
   "textes": {
    "aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23": {
     "constats": ["vacance-tertiaire"], "diffusion": 0, "id": "attirer", "titre": "Attirer de nouveaux habitants"}}}
data/demarche/decisions.yml: |
  - id: decision-enjeux
    titre: Valider les enjeux
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
    valide:
      - element: attirer
        empreinte: aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: valide, instance: pilotage, decision: decision-enjeux}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Decision
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every text kept whose fingerprint no decision records."""
    cited = {ligne.empreinte for decision in dossier.tous(Decision) for ligne in decision.valide}
    for texte in dossier.textes_valides:
        if texte.donnees is not None and texte.empreinte not in cited:
            yield Faute(
                texte.place.path,
                (),
                f"Aucune décision ne cite l'empreinte « {texte.empreinte[:12]} » de ce texte validé.",
                "Rétablissez cette `empreinte` dans la décision qui l'a validé, ou retirez ce texte du fichier.",
                texte.place,
            )
