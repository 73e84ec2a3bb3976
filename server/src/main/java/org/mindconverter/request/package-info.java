// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** What a caller asks for: the stored upload, and how to convert it. */
package org.mindconverter.request;
