/**
 * What all resources of the API share: bodies read strictly, problem details for every error,
 * paging, exports, and the OpenAPI document. The resources themselves stand with their feature.
 */
package org.meterledger.web.api;
