// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.diag;

/**
 * Every way in which a conversion fails through its caller's input or a stated limit.
 *
 * <p>A constant's name is the wire contract ({@code ErrorInfo.reason}); its digits keep the retired
 * tool's families: 000 general, 100 loading, 200 output, 300 generation, 400 structure.
 */
public enum ErrorCode {
  /** A defect of the server; its log holds the details. */
  INTERNAL("0000000", "BaseConverterError"),
  /** The bytes are not a model of the declared format, or the format is not known. */
  UNKNOWN_MODEL("0000001", "UnknownModelError"),
  /** Something that the conversion needs was not given. */
  MISSING_PARAMETER("0000002", "ParamMissingError"),
  /** An option's value is not valid. */
  BAD_PARAMETER("0000003", "BadParamError"),
  /** The frames of the call break their order. */
  FRAME_ORDER("0000004", "FrameOrderError"),
  /** The upload is larger than the server takes. */
  UPLOAD_TOO_LARGE("0000005", "UploadTooLargeError"),
  /** All workers are busy and the queue is full. */
  BUSY("0000006", "BusyError"),
  /** The call carries no valid token. */
  UNAUTHENTICATED("0000007", "UnauthenticatedError"),
  /** The call's deadline passed before the work was done. */
  DEADLINE_EXCEEDED("0000008", "DeadlineExceededError"),
  /** The caller cancelled. */
  CANCELLED("0000009", "CancelledError"),
  /** The server is stopping. */
  SHUTTING_DOWN("0000010", "ShuttingDownError"),
  /** The server has no disk space left for the upload. */
  SPOOL_FULL("0000011", "SpoolFullError"),
  /** The daemon cannot start: its port is taken, or a folder of its own cannot be made. */
  START_FAILED("0000012", "StartError"),
  /** The graph breaks a rule of its format: a cycle, a missing input, a wrong type. */
  MALFORMED_GRAPH("1000000", "GraphInitError"),
  /** The model's bytes are broken: truncated, wrong sizes, invalid encoding. */
  MALFORMED_MODEL("1000001", "ModelLoadingError"),
  /** A file of tensor data that the model refers to was not sent. */
  MISSING_EXTERNAL_DATA("1000004", "ExternalDataMissingError"),
  /** The model is larger than a limit that guards the server: nodes, nesting, name length. */
  LIMIT_EXCEEDED("1000005", "LimitExceededError"),
  /** The model's format version is not one that the reader knows. */
  UNSUPPORTED_VERSION("1000006", "UnsupportedVersionError"),
  /** The script could not be generated. */
  SCRIPT_GENERATION("2000002", "ScriptGenerationError"),
  /** The checkpoint could not be generated. */
  CHECKPOINT_GENERATION("2000004", "CheckPointGenerationError"),
  /** An operator has no mapping, and the caller asked to fail then. */
  UNSUPPORTED_OPERATOR("3000000", "GeneratorError");

  private final String digits;
  private final String legacyName;

  ErrorCode(String digits, String legacyName) {
    this.digits = digits;
    this.legacyName = legacyName;
  }

  /** The seven digits that users see. */
  public String digits() {
    return digits;
  }

  /** The class name that stands before the digits in a command's error line. */
  public String legacyName() {
    return legacyName;
  }
}
