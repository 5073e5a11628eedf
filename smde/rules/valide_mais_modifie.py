"""Validé, mais modifié depuis.

La décision a validé un texte précis, dont elle garde l'empreinte. Le texte actuel n'a plus cette empreinte : il a
changé depuis. Il faut le soumettre de nouveau, ou revenir au texte validé. Les notes internes ne comptent pas. Quand le
texte validé a été gardé par `decider`, le message nomme les champs qui ont changé.

Refusé

```yaml
data/demarche/decisions.yml: |
  - id: decision-enjeux
    titre: Valider les enjeux
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
    valide:
      - element: attirer
        empreinte: 0000000000000000000000000000000000000000000000000000000000000000
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants et de nouveaux actifs
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: valide, instance: pilotage, decision: decision-enjeux}
```

Accepté

```yaml
data/demarche/decisions.yml: |
  - id: decision-enjeux
    titre: Valider les enjeux
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
    valide:
      - element: attirer
        empreinte: 0000000000000000000000000000000000000000000000000000000000000000
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants et de nouveaux actifs
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: a_valider, instance: pilotage, seance: pilotage-automne}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import enumeration
from smde.edition import MODIFIE, empreinte, texte_a_valider
from smde.model.demarche import Decision
from smde.model.element import Element, StatutValidation
from smde.model.plan import champs
from smde.rules import Faute
from smde.textes_valides import Donnees

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every validated element whose text is no longer the one its decision validated."""
    kept = {one.empreinte: one.donnees for one in dossier.textes_valides if one.donnees is not None}
    for decision in dossier.tous(Decision):
        gardees = {(ligne.element, ligne.empreinte) for ligne in decision.valide}
        for ligne in decision.valide:
            element = dossier.elements.get(ligne.element)
            if ligne.empreinte is None or element is None or dossier.broken.get(element.id):
                continue
            validation = element.validation
            if validation.statut is not StatutValidation.valide or validation.decision != decision.id:
                continue
            if (element.id, actuelle := empreinte(dossier, element.id)) not in gardees:
                what = _champs(dossier, element, kept.get(ligne.empreinte))
                yield Faute(
                    element.id,
                    ("validation", "statut"),
                    f"« {element.titre} » est {MODIFIE} par « {decision.titre} »{what}.",
                    f"Revenez au texte validé, ou écrivez `statut: a_valider` (empreinte actuelle : {actuelle}). "
                    f"La différence : `smde comprendre {element.id}`.",
                )


def _champs(dossier: Dossier, element: Element, avant: Donnees | None) -> str:
    """« (Titre, Budget et Rôles) »: the labels of the fields that changed; nothing when the text was not kept."""
    if avant is None:
        return ""
    apres = texte_a_valider(dossier, element.id) or {}
    titres = [champ.titre for nom, champ in champs(type(element)).items() if avant.get(nom) != apres.get(nom)]
    return f" ({enumeration(titres)})" if titres else ""
