// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** What exporters leave behind of the source: module paths, calls, parameters. */
package org.mindconverter.frontend.source;
