package io.taxoscope.taxonomyservice.taxonomies;

import io.taxoscope.api.taxonomy.CreateTaxonomy.Text;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Texts that come with a request or lie in the store. */
@Component
public class Texts {
    private final ContentStore store;

    Texts(ContentStore store) {
        this.store = store;
    }

    /** @param field where the request has it, for messages */
    public String read(String field, Text given) {
        var inline = given.text();
        var upload = given.upload();
        if ((inline == null) == (upload == null)) {
            throw TaxonomyServiceError.SOURCE_UNUSABLE.because(field, "needs either an upload or a text");
        }
        return upload == null ? String.valueOf(inline) : uploaded(field + ".upload", upload);
    }

    private String uploaded(String field, String upload) {
        Sha256 hash;
        try {
            hash = new Sha256(upload);
        } catch (IllegalArgumentException malformed) {
            throw TaxonomyServiceError.SOURCE_UNUSABLE.because(field, "is no SHA-256 in lower-case hex: " + upload);
        }
        if (!store.has(hash)) {
            throw TaxonomyServiceError.SOURCE_UNUSABLE.because(
                    field, "the store has no upload " + hash + "; send it with PUT /api/v1/uploads first");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(store.read(hash)))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw TaxonomyServiceError.SOURCE_UNUSABLE.because(field, "is no UTF-8 text");
        }
    }
}
