# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Every way in which a conversion fails."""

from __future__ import annotations

from enum import Enum

from mindconverter._text import one_line


class Failure(Enum):
    """A failure's digits, and the class name that stands before them in an error line.

    A member's name is what the daemon sends as ``ErrorInfo.reason``. The digits keep families:
    000 general, 100 loading, 200 output, 300 generation.
    """

    INTERNAL = ("0000000", "BaseConverterError")
    UNKNOWN_MODEL = ("0000001", "UnknownModelError")
    MISSING_PARAMETER = ("0000002", "ParamMissingError")
    BAD_PARAMETER = ("0000003", "BadParamError")
    FRAME_ORDER = ("0000004", "FrameOrderError")
    UPLOAD_TOO_LARGE = ("0000005", "UploadTooLargeError")
    BUSY = ("0000006", "BusyError")
    UNAUTHENTICATED = ("0000007", "UnauthenticatedError")
    DEADLINE_EXCEEDED = ("0000008", "DeadlineExceededError")
    CANCELLED = ("0000009", "CancelledError")
    SHUTTING_DOWN = ("0000010", "ShuttingDownError")
    SPOOL_FULL = ("0000011", "SpoolFullError")
    START_FAILED = ("0000012", "StartError")
    SERVER_UNREACHABLE = ("0000020", "ServerUnreachableError")
    SERVER_LOST = ("0000021", "ServerLostError")
    NOT_A_SERVER = ("0000022", "NotAServerError")
    BROKEN_ANSWER = ("0000023", "BrokenAnswerError")
    JAVA_NOT_FOUND = ("0000024", "JavaNotFoundError")
    MALFORMED_GRAPH = ("1000000", "GraphInitError")
    MALFORMED_MODEL = ("1000001", "ModelLoadingError")
    RUNTIME_INTEGRITY = ("1000003", "RuntimeIntegrityError")
    MISSING_EXTERNAL_DATA = ("1000004", "ExternalDataMissingError")
    LIMIT_EXCEEDED = ("1000005", "LimitExceededError")
    UNSUPPORTED_VERSION = ("1000006", "UnsupportedVersionError")
    EXPORT_REFUSED = ("1000020", "ModelExportError")
    MODEL_UNREADABLE = ("1000021", "ModelUnreadableError")
    FILE_SAVE = ("2000000", "FileSaveError")
    SCRIPT_GENERATION = ("2000002", "ScriptGenerationError")
    CHECKPOINT_GENERATION = ("2000004", "CheckPointGenerationError")
    WEIGHTS_MISMATCH = ("2000020", "WeightsMismatchError")
    UNSUPPORTED_OPERATOR = ("3000000", "GeneratorError")

    @property
    def digits(self) -> str:
        """The seven digits that users see."""
        return self.value[0]

    @property
    def class_name(self) -> str:
        """The name before the digits in an error line."""
        return self.value[1]


class ConversionError(Exception):
    """A conversion that did not come about. Nothing has been written at its place.

    Attributes:
        code: Seven digits, as the list of errors has them.
        name: Name of the kind of error, such as ``ModelLoadingError``.
        message: What is wrong, in one sentence.
        origin: The file, node, tensor or option at fault; empty when there is none.
        remedy: What can be done about it, in one sentence.
    """

    def __init__(self, code: str, name: str, message: str, *, origin: str = "", remedy: str = ""):
        self.code = code
        self.name = name
        self.message = one_line(message)
        self.origin = one_line(origin)
        self.remedy = one_line(remedy)
        super().__init__(str(self))

    def __str__(self) -> str:
        where = f"{self.origin}: " if self.origin else ""
        remedy = f"\n{self.remedy}" if self.remedy else ""
        return f"[{self.name}] code: {self.code}, msg: {where}{self.message}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        # The default would call the constructor with the one text that Exception keeps.
        state = (self.code, self.name, self.message, self.origin, self.remedy)
        return _restored, state


def _restored(code: str, name: str, message: str, origin: str, remedy: str) -> ConversionError:
    return ConversionError(code, name, message, origin=origin, remedy=remedy)


def failure(kind: Failure, message: str, *, origin: str = "", remedy: str) -> ConversionError:
    """Makes the error of a known kind."""
    return ConversionError(kind.digits, kind.class_name, message, origin=origin, remedy=remedy)
