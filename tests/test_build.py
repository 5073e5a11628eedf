"""build.py on a small project of its own, with a fake library, a fake test tool and no network."""

import ast
import base64
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

DOOR = Path(__file__).parents[1] / "build.py"

PROGRAM = """
import importlib.util, json, os, sys
tools = importlib.util.find_spec("outillage") is not None
print(json.dumps({"args": sys.argv[1:], "outils": tools, "python": sys.prefix, "fichier": __file__}))
sys.exit(int(os.environ.get("CODE_DE_SORTIE", "0")))
"""

PYPROJECT = """
[build-system]
requires = []
build-backend = "fabrique"
backend-path = ["fabrique"]
"""

# The smallest backend that can install the project in place: a wheel that holds one .pth file.
BACKEND = """
import os, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name, info = "smde-1.0-py3-none-any.whl", "smde-1.0.dist-info"
    files = {
        "smde.pth": os.getcwd(),
        info + "/METADATA": "Metadata-Version: 2.1\\nName: smde\\nVersion: 1.0\\n",
        info + "/WHEEL": "Wheel-Version: 1.0\\nGenerator: fabrique\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[info + "/RECORD"] = "".join("%s,,\\n" % path for path in [*files, info + "/RECORD"])
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name
"""


def wheel(folder: Path, name: str) -> str:
    """A library of one empty module, and the line that locks it."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: essai\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},\n"
        for path, text in files.items()
    )
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name_inside, text in files.items():
            archive.writestr(name_inside, text)
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Project:
    """A folder with build.py and what it installs, as after a git clone."""

    def __init__(self, parent: Path) -> None:
        self.wheels = parent / "paquets"
        self.wheels.mkdir(parents=True)
        self.root = parent / "stratégie de développement"
        (self.root / "smde").mkdir(parents=True)
        (self.root / "fabrique").mkdir()
        shutil.copy(DOOR, self.root)
        runtime, tools = wheel(self.wheels, "charpente"), wheel(self.wheels, "outillage")
        self.write("requirements.lock", runtime)
        self.write("requirements-tests.lock", runtime + tools)
        self.write("pyproject.toml", PYPROJECT)
        self.write("fabrique/fabrique.py", BACKEND)
        self.write("smde/__init__.py", "")
        self.write("smde/__main__.py", PROGRAM)

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def log(self) -> str:
        return (self.venv / "installation.log").read_text(encoding="utf-8", errors="replace")

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON", "SMDE_"))}
        return kept | {
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_CONFIG_FILE": os.devnull,
            "PYTHONIOENCODING": "utf-8",
            **more,
        }

    def start(self, *args: str, cwd: Path | None = None, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.root / "build.py"), *args],
            cwd=cwd or self.root,
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *args: str, cwd: Path | None = None, **environment: str) -> "Run":
        process = self.start(*args, cwd=cwd, **environment)
        return Run(process, *process.communicate(timeout=240))


class Run:
    def __init__(self, process: "subprocess.Popen[str]", stdout: str, stderr: str) -> None:
        self.code, self.stdout, self.stderr = process.returncode, stdout, stderr.replace("\u00a0", " ")

    @property
    def answer(self) -> dict[str, object]:
        assert self.code == 0, self.stderr
        answer: dict[str, object] = json.loads(self.stdout)
        return answer

    def refuses_with(self, sentence: str) -> None:
        assert self.code == 2
        assert self.stdout == ""
        errors = [line for line in self.stderr.splitlines() if line.startswith("Erreur : ")]
        assert len(errors) == 1 and sentence in errors[0], self.stderr
        assert errors[0].endswith(".")
        english = re.search(
            r"Traceback|Error\b|ERROR|WARNING|No module|Could not|failed|\bthe\b|Collecting", self.stderr
        )
        assert english is None, self.stderr


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("installe"))


@pytest.fixture
def installed(shared: Project) -> Project:
    """One installation for all: whatever a test breaks in it, build.py must repair, and does so here."""
    assert shared.run().answer["args"] == []
    return shared


@pytest.fixture
def door() -> object:
    """build.py as a module, to put it in situations that a test cannot bring about for real."""
    spec = importlib.util.spec_from_file_location("porte", DOOR)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# A first run, and the following ones


def test_the_first_run_installs_says_so_in_french_and_runs_the_program_in_its_own_environment(project: Project) -> None:
    run = project.run("verifier", "--format", "json")
    assert run.answer["args"] == ["verifier", "--format", "json"]
    assert Path(str(run.answer["python"])) == project.venv
    assert [line.split(" (")[0] for line in run.stderr.splitlines()] == [
        "SMDE : création de l’environnement Python dans .venv",
        "SMDE : téléchargement et installation des bibliothèques",
        "SMDE : installation du programme",
        "SMDE : tout est installé",
    ]
    assert "charpente" in project.log


def test_a_second_run_says_nothing_and_calls_neither_pip_nor_the_network(installed: Project) -> None:
    [pip] = installed.venv.glob("lib/*/site-packages/pip")
    pip.rename(pip.with_name("pip_absent"))
    try:
        run = installed.run("site")
    finally:
        pip.with_name("pip_absent").rename(pip)
    assert run.answer["args"] == ["site"]
    assert run.stderr == ""


@pytest.mark.parametrize("code", [0, 1, 3])
def test_the_exit_code_of_the_program_is_the_exit_code_of_the_door(installed: Project, code: int) -> None:
    assert installed.run(CODE_DE_SORTIE=str(code)).code == code


def test_arguments_reach_the_program_as_they_were_typed(installed: Project) -> None:
    typed = ["comprendre", "objectif « attirer »", "", "--racine", "un dossier", "*"]
    assert installed.run(*typed).answer["args"] == typed


def test_a_folder_that_holds_namesakes_of_the_program_does_not_shadow_it(installed: Project, tmp_path: Path) -> None:
    (tmp_path / "smde").mkdir()
    (tmp_path / "smde" / "__main__.py").write_text("print('intrus')")
    (tmp_path / "json.py").write_text("raise SystemExit('intrus')")
    assert str(installed.run(cwd=tmp_path).answer["fichier"]).startswith(str(installed.root))


def test_the_test_tools_come_with_the_verb_tests_only_and_only_once(installed: Project) -> None:
    assert "outils de test" in installed.run("tests").stderr
    again = installed.run("tests")
    assert again.answer["outils"] is True
    assert again.stderr == ""


def test_a_new_machine_that_starts_with_the_tests_installs_everything_at_once(project: Project) -> None:
    run = project.run("tests")
    assert run.answer["outils"] is True
    assert run.stderr.count("téléchargement") == 1
    assert project.run("site").stderr == ""


def test_the_english_of_pip_stays_in_the_log_unless_asked_for(installed: Project) -> None:
    installed.write("pyproject.toml", PYPROJECT + "\n# muet\n")
    assert "Successfully" not in installed.run().stderr
    assert "Successfully" in installed.log
    installed.write("pyproject.toml", PYPROJECT + "\n# bavard\n")
    assert "Successfully" in installed.run(SMDE_DEBUG="1").stderr


# What changes or breaks is done again


def test_a_new_lock_brings_a_new_environment_whatever_pip_was_told_elsewhere(
    installed: Project, tmp_path: Path
) -> None:
    (installed.venv / "oubli.txt").touch()
    lock = installed.root / "requirements.lock"
    lock.write_text("# mise à jour\n" + lock.read_text(encoding="utf-8"), encoding="utf-8")
    run = installed.run(PIP_TARGET=str(tmp_path / "ailleurs"), PIP_USER="1", PYTHONPATH=str(tmp_path))
    assert "création de l’environnement" in run.stderr
    assert not (installed.venv / "oubli.txt").exists()
    assert not (tmp_path / "ailleurs").exists()
    assert installed.run().stderr == ""


def test_a_changed_project_file_reinstalls_the_program_and_nothing_else(installed: Project) -> None:
    installed.write("pyproject.toml", PYPROJECT + "\n# un commentaire\n")
    run = installed.run()
    assert "installation du programme" in run.stderr
    assert "bibliothèques" not in run.stderr


def test_a_moved_folder_is_installed_again_at_its_new_place(installed: Project) -> None:
    home = installed.root
    installed.root = home.rename(home.with_name("déménagé"))
    try:
        run = installed.run()
        assert str(run.answer["fichier"]).startswith(str(installed.root))
        assert "création de l’environnement" in run.stderr
    finally:
        installed.root = installed.root.rename(home)


def test_an_environment_whose_python_was_removed_is_made_again(installed: Project) -> None:
    python = installed.venv / "bin" / "python"
    python.unlink()
    python.symlink_to("/nulle/part/python3")
    run = installed.run()
    assert "création de l’environnement" in run.stderr
    assert run.answer["args"] == []


@pytest.mark.parametrize("python", ["", "#!/bin/sh\necho cpython-310\n", "#!/bin/sh\nexit 1\n"])
def test_a_python_that_is_dead_or_another_one_makes_every_step_missing(
    door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, python: str
) -> None:
    fake, stamp = tmp_path / "python", tmp_path / "installation.json"
    fake.write_text(python)
    fake.chmod(0o755)
    stamp.write_text('{"python": "cpython-311", "socle": "a"}')
    monkeypatch.setattr(door, "PYTHON", str(fake))
    monkeypatch.setattr(door, "STAMP", str(stamp))
    assert door.missing({"socle": "a"}) == ["socle"]
    fake.write_text("#!/bin/sh\necho cpython-311\n")
    assert door.missing({"socle": "a"}) == []
    assert door.missing({"socle": "b"}) == ["socle"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "\x00"])
def test_an_unreadable_stamp_makes_every_step_missing(
    door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    stamp = tmp_path / "installation.json"
    stamp.write_text(text)
    monkeypatch.setattr(door, "STAMP", str(stamp))
    assert door.missing({"socle": "a", "projet": "b"}) == ["socle", "projet"]


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_installation_is_done_again(project: Project, blow: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:  # an index that never answers: pip waits
        mute.settimeout(120)
        index = f"http://127.0.0.1:{mute.getsockname()[1]}/simple"
        process = project.start(PIP_NO_INDEX="0", PIP_INDEX_URL=index, PIP_FIND_LINKS="")
        client, _ = mute.accept()
        with client, process:
            process.send_signal(blow)
            code = process.wait(timeout=60)
    assert code == (143 if blow == signal.SIGTERM else -signal.SIGKILL)
    assert not (project.venv / "installation.json").exists()
    if blow == signal.SIGKILL:  # the ruder of the two: nothing could be tidied up
        run = project.run()
        assert "création de l’environnement" in run.stderr
        assert run.answer["args"] == []


def test_control_c_during_the_installation_ends_in_one_sentence(
    door, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(door, "main", interrupt)
    assert door.door() == 130
    assert "relancez la même commande" in capsys.readouterr().err


def test_of_two_first_runs_at_once_the_second_waits_and_both_succeed(project: Project) -> None:
    first = project.start()
    while not (project.venv / "installation.log").exists():
        assert first.poll() is None
        time.sleep(0.02)
    second = project.start()
    runs = [Run(process, *process.communicate(timeout=240)) for process in (first, second)]
    assert [run.code for run in runs] == [0, 0]
    assert "j’attends" in runs[1].stderr
    assert "création" not in runs[1].stderr


# What cannot be done is refused in one French sentence


def test_without_network_the_sentence_says_to_check_the_connection_and_where_the_detail_is(project: Project) -> None:
    run = project.run(PIP_NO_INDEX="0", PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_FIND_LINKS="", PIP_RETRIES="0")
    run.refuses_with("vérifiez la connexion à Internet")
    assert str(project.venv / "installation.log") in run.stderr


def test_a_package_that_differs_from_the_lock_is_not_installed(project: Project) -> None:
    lock = (project.root / "requirements.lock").read_text()
    project.write("requirements.lock", re.sub("sha256:.{8}", "sha256:00000000", lock))
    project.run().refuses_with("ne correspond pas à l’empreinte")
    assert not list(project.venv.glob("lib/*/site-packages/charpente.py"))


def test_a_python_without_its_venv_module_is_told_which_package_to_install(project: Project, tmp_path: Path) -> None:
    shadow = tmp_path / "ombre"
    shadow.mkdir()
    (shadow / "ensurepip.py").write_text("raise ImportError")
    project.run(PYTHONPATH=str(shadow)).refuses_with("sudo apt install python3-venv")
    assert not project.venv.exists()


@pytest.mark.parametrize("kind", ["file", "folder", "environment of somebody else"])
def test_a_venv_that_build_did_not_make_is_refused_and_left_alone(project: Project, kind: str) -> None:
    if kind == "file":
        project.venv.write_text("notes")
    else:
        project.venv.mkdir()
        (project.venv / ("notes.txt" if kind == "folder" else "pyvenv.cfg")).write_text("notes")
    before = sorted(project.venv.rglob("*"))
    project.run().refuses_with("n’a pas été créé par build.py")
    assert sorted(project.venv.rglob("*")) == before


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_missing_file_of_the_project_is_named(project: Project, name: str) -> None:
    (project.root / name).unlink()
    project.run().refuses_with(f"le fichier {name} manque")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(13, "Permission denied"), "copiez le projet dans un dossier où vous pouvez écrire"),
        (OSError(30, "Read-only file system"), "copiez le projet dans un dossier où vous pouvez écrire"),
        (OSError(28, "No space left on device"), "le disque est plein"),
        (OSError(5, "Input/output error", "/disque"), "le système a refusé une opération sur /disque"),
    ],
)
def test_what_the_system_refuses_is_said_in_french(
    door, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError, sentence: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(door, "VENV", str(DOOR.parent / "nulle-part"))
    monkeypatch.setattr(door, "STAMP", str(DOOR.parent / "nulle-part" / "installation.json"))
    monkeypatch.setattr(door.os, "makedirs", refuse)
    monkeypatch.setattr(door.signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["build.py"])
    assert door.door() == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert str(error.strerror) not in told


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disque est plein"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')) … from versions: none", "PIP_CERT"),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))", "HTTPS_PROXY"),
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "connexion à Internet"),
        ("ERROR: HTTP error 503 while getting a package", "connexion à Internet"),
        (
            "ERROR: Could not find a version that satisfies the requirement typst==0.15.2 (from versions: 0.1)\n"
            "ERROR: No matching distribution found for typst==0.15.2",
            "n’existe pas pour ce système",
        ),
        ("OSError: [WinError 5] Accès refusé", "impossible d’écrire"),
        ("something nobody has seen yet", "l’installation a échoué"),
    ],
)
def test_what_pip_says_is_turned_into_what_to_do(door, said: str, sentence: str) -> None:
    told = door.explain(said)
    assert sentence in told
    assert told.endswith(door.LOG)


def test_an_old_python_reads_the_file_and_is_told_which_one_it_needs(door, monkeypatch: pytest.MonkeyPatch) -> None:
    ast.parse(DOOR.read_text(encoding="utf-8"), feature_version=(3, 6))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(door.shutil, "which", lambda name: name if name == "python3.12" else None)
    with pytest.raises(door.Refusal, match=r"Python 3\.11 ou plus récent.*lancez python3\.12 build\.py"):
        door.check_python()
    monkeypatch.setattr(door.shutil, "which", lambda name: None)
    with pytest.raises(door.Refusal, match="installez-en un"):
        door.check_python()
