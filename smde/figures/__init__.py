"""The few drawings of a dossier, as plain SVG.

The same figure goes on the site, in Word (16 cm wide) and in the PDF; what it says is also in its description and in a
table beside it. Nothing is said by colour alone. Series of different definitions or kinds of
periods never meet in a drawing; those of different perimeters do when that alone is what is compared.
"""

from smde.figures.barres import annees as annees
from smde.figures.cartes import Case as Case
from smde.figures.cartes import carte as carte
from smde.figures.cartes import carte_valeurs as carte_valeurs
from smde.figures.comparaison import Ligne as Ligne
from smde.figures.comparaison import comparaison as comparaison
from smde.figures.comparaison import titre_compare as titre_compare
from smde.figures.emprise import Emprise as Emprise
from smde.figures.emprise import emprise as emprise
from smde.figures.frises import Barre as Barre
from smde.figures.frises import Etape as Etape
from smde.figures.frises import feuillets as feuillets
from smde.figures.frises import frise as frise
from smde.figures.frises import parcours as parcours
from smde.figures.niveaux import Niveau as Niveau
from smde.figures.niveaux import chaine as chaine
from smde.figures.niveaux import couverture as couverture
from smde.figures.repere import graduations as graduations
from smde.figures.series import courbe as courbe
from smde.figures.series import situe as situe
from smde.figures.trait import wrapped as wrapped
