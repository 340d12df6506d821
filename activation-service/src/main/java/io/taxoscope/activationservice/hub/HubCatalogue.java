package io.taxoscope.activationservice.hub;

import io.taxoscope.common.Sha256;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is known of the hub without asking it: revisions that were looked up, and which stored file a git blob is. */
@Component
class HubCatalogue {
    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.shared();

    HubCatalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Remembers the listing for the revision and for the commit that it means at present. */
    void remember(String hub, HubReference reference, HubListing listing) {
        for (String revision : new String[] {reference.revisionOrMain(), listing.commit()}) {
            jdbc.sql("""
                            insert into hub_revision (hub, repository, revision, listing, seen_at)
                            values (?, ?, ?, ?::jsonb, now())
                            on conflict (hub, repository, revision) do update set listing = excluded.listing, seen_at = now()
                            """)
                    .params(hub, reference.repository(), revision, json.writeValueAsString(listing))
                    .update();
        }
    }

    Optional<HubListing> listing(String hub, HubReference reference) {
        return jdbc.sql("select listing::text from hub_revision where hub = ? and repository = ? and revision = ?")
                .params(hub, reference.repository(), reference.revisionOrMain())
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, HubListing.class));
    }

    void remember(HubListing.File file, Sha256 stored) {
        if (file.sha256() == null) {
            jdbc.sql("insert into hub_blob (git_sha1, sha256) values (?, ?) on conflict (git_sha1) do nothing")
                    .params(file.hash(), stored.hex())
                    .update();
        }
    }

    /** The file's name in the store, whether or not it is there. */
    Optional<Sha256> stored(HubListing.File file) {
        if (file.sha256() != null) {
            return Optional.of(new Sha256(file.sha256()));
        }
        return jdbc.sql("select sha256 from hub_blob where git_sha1 = ?")
                .params(file.hash())
                .query(String.class)
                .optional()
                .map(Sha256::new);
    }
}
