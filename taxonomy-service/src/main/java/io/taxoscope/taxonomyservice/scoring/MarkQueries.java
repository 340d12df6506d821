package io.taxoscope.taxonomyservice.scoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which latents of a scoring have their best synset among given ones. */
@Component
class MarkQueries {
    private static final String RANKED = """
            select part, latent, best, f1, n from (
                select part, latent, best, f1, count(*) over (partition by part) as n,
                    row_number() over (partition by part order by f1 desc, latent) as place
                from unnest(?::integer[], ?::text[]) as member (part, synset)
                join (select latent, best, (best_by -> 'F1' ->> 'f1')::float8 as f1
                      from feature where scoring_id = ? and best is not null) as mark on mark.best = member.synset
            ) as ranked where place <= ? order by part, place""";

    private final JdbcClient jdbc;

    MarkQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param f1 held-out */
    record Mark(int latent, String synset, double f1) {}

    /**
     * @param count of all
     * @param best the first of them by F1; ties go to the lower latent
     */
    record Marking(int count, List<Mark> best) {}

    private record Found(int part, int count, Mark mark) {}

    /**
     * The latents of each part in one question.
     *
     * @param parts sets of wnids; they may overlap, for a synset can have several parents
     */
    List<Marking> best(String scoring, List<String[]> parts, int limit) {
        var numbers = new ArrayList<Integer>();
        var members = new ArrayList<String>();
        for (int part = 0; part < parts.size(); part++) {
            numbers.addAll(Collections.nCopies(parts.get(part).length, part));
            members.addAll(List.of(parts.get(part)));
        }
        var found = jdbc.sql(RANKED)
                .params(List.of(numbers.toArray(Integer[]::new), members.toArray(String[]::new), scoring, limit))
                .query((row, number) -> new Found(
                        row.getInt("part"),
                        row.getInt("n"),
                        new Mark(row.getInt("latent"), row.getString("best"), row.getDouble("f1"))))
                .list();
        var markings = new ArrayList<Marking>();
        for (int part = 0; part < parts.size(); part++) {
            markings.add(marking(part, found));
        }
        return markings;
    }

    private static Marking marking(int part, List<Found> found) {
        var own = found.stream().filter(each -> each.part() == part).toList();
        return new Marking(
                own.isEmpty() ? 0 : own.getFirst().count(),
                own.stream().map(Found::mark).toList());
    }
}
