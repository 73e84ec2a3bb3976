// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What each operator means: its result types, its value where that is known, and how MindSpore says
 * it. One entry per operator and opset generation, in one family file.
 */
package org.mindconverter.op;
