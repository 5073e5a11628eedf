#!/usr/bin/env python3
"""The one door: installs what is missing into .venv from the lock files, then runs `python -m smde` there.

Standard library only, and must parse under Python 3.6: an old Python has to reach the sentence that says it is too old.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
LOG = os.path.join(VENV, "installation.log")  # what pip says; its presence means that this program made .venv
STAMP = os.path.join(VENV, "installation.json")  # what is installed; written whole after each finished step
RUNTIME_LOCK, TESTS_LOCK, PROJECT = "requirements.lock", "requirements-tests.lock", "pyproject.toml"

NO_ROOM = "le disque est plein : libérez environ 1 Go, puis relancez la même commande."
NO_WRITING = (
    "impossible d’écrire dans le dossier %s : copiez le projet dans un dossier où vous pouvez écrire "
    "(ou fermez le programme qui utilise .venv), puis relancez." % ROOT
)
# What pip (in English) or the system said → what the person can do. The first that matches is told.
CAUSES = [
    (
        r"DO NOT MATCH THE HASHES",
        "un paquet téléchargé ne correspond pas à l’empreinte notée dans le fichier de verrouillage, rien n’en a été "
        "installé : relancez, et si cela se répète signalez-le aux responsables du projet.",
    ),
    (r"Errno 28\b|Errno 122\b|not enough space on the disk", NO_ROOM),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "le certificat de l’index des paquets est refusé, ce que fait souvent un filtrage du réseau : demandez à votre "
        "service informatique le fichier de son autorité et donnez son chemin dans la variable PIP_CERT.",
    ),
    (
        r"NewConnectionError|Failed to establish|ConnectTimeout|ReadTimeout|NameResolution|ProxyError"
        r"|RemoteDisconnected|ConnectionReset|Connection broken|Network is unreachable|HTTP error [45]"
        r"|from versions: none",
        "l’index des paquets Python ne répond pas : vérifiez la connexion à Internet (derrière un mandataire, "
        "renseignez la variable HTTPS_PROXY), puis relancez la même commande.",
    ),
    (
        r"No matching distribution|not a supported wheel",
        "une bibliothèque n’existe pas pour ce système avec Python %s : essayez avec Python 3.11 à 3.14 sous Linux, "
        "macOS ou Windows en 64 bits." % sys.version.split()[0],
    ),
    (r"Errno 13\b|Errno 30\b|WinError 5\b|WinError 32\b|Permission denied", NO_WRITING),
]


class Refusal(Exception):
    """One French sentence for the person at the keyboard, in place of a traceback."""


def main(args: list) -> int:
    check_python()
    wanted = {"dossier": ROOT, "socle": digest(RUNTIME_LOCK), "projet": digest(PROJECT)}
    if "tests" in args:
        wanted["tests"] = digest(TESTS_LOCK)
    if missing(wanted):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        with one_at_a_time():
            install(wanted)
    return run(args)


def check_python() -> None:
    if sys.version_info[:2] >= OLDEST:
        return
    newer = next((name for name in ("python3.%d" % n for n in range(14, 10, -1)) if shutil.which(name)), None)
    advice = "lancez %s build.py" % newer if newer else "installez-en un (python.org), puis relancez build.py avec lui"
    raise Refusal("il faut Python 3.11 ou plus récent et celui-ci est le %s : %s." % (sys.version.split()[0], advice))


def digest(name: str) -> str:
    try:
        with open(os.path.join(ROOT, name), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        raise Refusal("le fichier %s manque : récupérez le projet en entier, puis relancez." % name) from None


def missing(wanted: dict) -> list:
    """The steps that are not, or no longer, done as wanted."""
    installed = read_stamp()
    # A system upgrade or a removed Python leaves a .venv whose interpreter is dead or has become another one.
    if not installed or interpreter() != installed.get("python"):
        return list(wanted)
    return [step for step in wanted if installed.get(step) != wanted[step]]


def read_stamp() -> dict:
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(stamp: dict) -> None:
    with open(STAMP + ".tmp", "w", encoding="utf-8") as file:
        json.dump(stamp, file, indent=1)
    os.replace(STAMP + ".tmp", STAMP)


def interpreter() -> str:
    """Which Python .venv holds (« cpython-311 »), or nothing when it does not start."""
    question = [PYTHON, "-I", "-S", "-c", "import sys; print(sys.implementation.cache_tag)"]
    try:
        return subprocess.run(question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode().strip()
    except OSError:
        return ""


@contextlib.contextmanager
def one_at_a_time():
    """Two first runs in one folder would break each other: the second waits, where the system can tell."""
    with open(os.path.join(ROOT, RUNTIME_LOCK), "rb") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("une autre installation est en cours dans ce dossier, j’attends qu’elle finisse…")
            fcntl.flock(file, fcntl.LOCK_EX)
        except (ImportError, OSError):
            pass
        yield


def install(wanted: dict) -> None:
    """Do the missing steps, no more: the package alone, the test tools, or all from an empty folder."""
    steps = missing(wanted)
    if "dossier" in steps or "socle" in steps:
        make_venv()
        steps, stamp = list(wanted), {"python": interpreter(), "dossier": ROOT}
    else:
        stamp = read_stamp()
    if "tests" in steps:
        # This lock contains the other one, with the same versions.
        install_libraries(TESTS_LOCK, "des bibliothèques et des outils de test")
        stamp.update({"socle": wanted["socle"], "tests": wanted["tests"]})
    elif "socle" in steps:
        install_libraries(RUNTIME_LOCK, "des bibliothèques")
        stamp["socle"] = wanted["socle"]
    write_stamp(stamp)
    if "projet" in steps:
        say("installation du programme")
        pip("--no-build-isolation", "--editable", ROOT)
        stamp["projet"] = wanted["projet"]
        write_stamp(stamp)
    say("tout est installé")


def make_venv() -> None:
    """An empty .venv in the place of a half-made, outdated or moved one; never of a folder somebody else made."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Refusal(
            "ce Python n’a pas le module venv : installez-le (sous Debian ou Ubuntu, "
            "« sudo apt install python3-venv »), puis relancez la même commande."
        ) from None
    if os.path.lexists(VENV) and not os.path.isfile(LOG) and not (os.path.isdir(VENV) and not os.listdir(VENV)):
        raise Refusal("« .venv » existe et n’a pas été créé par build.py : déplacez-le ou supprimez-le, puis relancez.")
    os.makedirs(VENV, exist_ok=True)
    for entry in os.listdir(VENV):
        path = os.path.join(VENV, entry)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif path != LOG:
            os.remove(path)
    open(LOG, "w").close()
    say("création de l’environnement Python dans .venv")
    logged([getattr(sys, "_base_executable", None) or sys.executable, "-I", "-m", "venv", VENV])


def install_libraries(lock: str, what: str) -> None:
    with open(os.path.join(ROOT, lock), encoding="utf-8") as file:
        total = sum(1 for line in file if "==" in line and not line.lstrip().startswith("#"))
    say("téléchargement et installation %s (%d paquets, une à trois minutes)" % (what, total))
    pip("--require-hashes", "--only-binary", ":all:", "--requirement", os.path.join(ROOT, lock), total=total)


def pip(*args: str, total: int = 0) -> None:
    logged([PYTHON, "-I", "-m", "pip", "install", "--no-deps", "--progress-bar", "off", *args], total)


def logged(command: list, total: int = 0) -> None:
    """Run a tool whose English output goes to the log, and to the screen only with SMDE_DEBUG=1."""
    debug = os.environ.get("SMDE_DEBUG", "") not in ("", "0")
    counted, output = 0, []
    with open(LOG, "ab") as log:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=pip_environment()
        )
        try:
            for line in child.stdout:
                log.write(line)
                output.append(line)
                if debug:
                    sys.stderr.write(line.decode("utf-8", "replace"))
                elif total and sys.stderr.isatty() and line.startswith(b"Collecting "):
                    counted += 1
                    sys.stderr.write("\r  %d/%d " % (counted, total))
                    sys.stderr.flush()
            code = child.wait()
        except BaseException:
            child.terminate()
            child.wait()
            raise
    if counted:
        sys.stderr.write("\r         \r")
    if code:
        raise Refusal(explain(b"".join(output).decode("utf-8", "replace")))


def pip_environment() -> dict:
    """The person's environment (proxy, index, certificates), less what would send packages elsewhere than .venv."""
    elsewhere = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_LOG", "PIP_QUIET"}
    env = {key: value for key, value in os.environ.items() if key not in elsewhere}
    env.update({"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0", "PYTHONUTF8": "1"})
    env.setdefault("PIP_RETRIES", "2")
    return env


def explain(output: str) -> str:
    sentence = next((sentence for pattern, sentence in CAUSES if re.search(pattern, output)), None)
    return "%s\nLe détail est dans %s" % (sentence or "l’installation a échoué : relancez la même commande.", LOG)


def run(args: list) -> int:
    os.environ.setdefault("SMDE_PROGRAMME", "%s %s" % ("python" if os.name == "nt" else "python3", sys.argv[0]))
    # -P: the folder the person stands in must not shadow a library.
    command = [PYTHON, "-P", "-m", "smde", *args]
    if os.name != "nt":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(PYTHON, command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the child gets it too, and decides
    return subprocess.call(command)


def say(sentence: str, who: str = "SMDE") -> None:
    """One French sentence on the error output: the standard one belongs to the verb (`verifier --format json`)."""
    sentence = re.sub("(?<=«) | (?=[»:;?!])", "\u00a0", "%s : %s\n" % (who, sentence))
    sys.stderr.write(sentence)
    sys.stderr.flush()


def door() -> int:
    try:
        return main(sys.argv[1:])
    except Refusal as refusal:
        sentence, code = str(refusal), 2
    except KeyboardInterrupt:
        sentence, code = "installation interrompue : relancez la même commande, elle reprendra proprement.", 130
    except OSError as error:
        code = 2
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sentence = NO_ROOM
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            sentence = NO_WRITING
        else:
            sentence = "le système a refusé une opération sur %s (code %s)." % (error.filename or ROOT, error.errno)
    say(sentence, "Erreur")
    return code


if __name__ == "__main__":
    sys.exit(door())
