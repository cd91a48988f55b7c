using System.ComponentModel.DataAnnotations;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// The timeline: the happenings in which an entity takes part, ordered by when they happened (the first day that <c>when</c> covers, then the
/// last, then the log), by when they were published or by when they were recorded. A fact that the text does not date stands at its report's
/// date (its <c>when</c> stays null); where the report has none either, at the end, and outside any <c>from</c> and <c>to</c>.
/// <para>
/// A happening stands where the first of its facts does. The index gives an entity's facts in order; each is taken unless an earlier one,
/// of those that the filters leave, is of the same happening: one more look into an index. So a page costs what it shows, however long the
/// timeline is. An entity with members has as many such walks as members, merged.
/// </para>
/// </summary>
internal static class Timeline
{
    private const int FurtherShown = 20;

    private const int AssertionsCounted = 100;

    private static readonly Dictionary<string, (string[] Columns, string After)> Orders = new(StringComparer.Ordinal)
    {
        ["happened"] = (["starts", "ends", "sequence"], "($2::date, $3::date, $4::bigint)"),
        ["published"] = (["published", "sequence"], "($2::date, $4::bigint)"),
        ["recorded"] = (["sequence"], "($4::bigint)"),
    };

    public static async Task<IResult> GetAsync(
        HttpContext context,
        NpgsqlDataSource database,
        Moment moment,
        [EntityKind] string kind,
        string slug,
        [AllowedValues("happened", "published", "recorded")] string? order,
        [PartialDateText] string? from,
        [PartialDateText] string? to,
        [FactTypes] string? type,
        [FactStatuses] string? status,
        [StringLength(100)] string? metric,
        [StringLength(100)] string? period,
        [EntityIdText] string? publisher,
        [EntityIdText] string? counterparty,
        [Limit] int? limit,
        string? cursor,
        CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var by = string.IsNullOrEmpty(order) ? "happened" : order;
        var after = string.IsNullOrEmpty(cursor) ? new TimelineCursor(by, DateOnly.MinValue, DateOnly.MinValue, 0) : Cursor.Decode<TimelineCursor>(cursor);
        if (after?.Order != by)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var first = PartialDate.TryParse(from)?.Start;
        var last = PartialDate.TryParse(to)?.End;
        if (first > last)
            return Problems.InvalidParameter.With("'to' is before 'from'.", nameof(to));
        var identified = await Identity.FindAsync(database, $"{kind}/{slug}", moment, cancellation);
        if (identified is null)
            return EntityEndpoints.Missing(kind, slug);
        if (identified.In(context) is { } moved)
            return moved;
        var filter = new Filter(
            moment.Day, first, last, Listed(type), Listed(status), NullIfEmpty(metric), NullIfEmpty(period), await MembersAsync(publisher), await MembersAsync(counterparty));
        var rows = await database.QueryAsync(
            Sql(by, identified.Members.Length > 1, filter),
            [
                identified.Members, after.First, after.Second, after.Sequence, moment.Sequence, moment.Day ?? default, first ?? default, last ?? default,
                filter.Types ?? [], filter.Statuses ?? [], filter.Metric ?? "", filter.Period ?? "", filter.Publishers ?? [], filter.Counterparties ?? [],
                count + 1, FurtherShown + 1,
            ],
            row => new Row(
                FactView.Of<TimelineEntry>(row) with { As = row.GetFieldValue<string[]>(10), Assertions = row.GetInt64(11) },
                row.GetInt64(12),
                new TimelineCursor(by, row.GetFieldValue<DateOnly>(by == "published" ? 13 : 14), row.GetFieldValue<DateOnly>(15), row.GetInt64(12))),
            cancellation);
        var entries = rows.GroupBy(row => row.Lead).Select(group => (Entry: TimelineEntry.Of([.. group.Select(row => row.Fact)]), group.First().At)).ToList();
        var page = Page.Of(entries, count, entry => Cursor.Encode(entry.At), moment.Sequence);
        return Forms.Of(
            context, new Page<TimelineEntry>([.. page.Items.Select(entry => entry.Entry)], page.Next, page.Sequence), TimelineEntry.Header, entry => entry.Cells());

        async Task<string[]?> MembersAsync(string? id) =>
            string.IsNullOrEmpty(id) ? null : (await Identity.FindAsync(database, id, moment, cancellation))?.Members ?? [id];
    }

    // The parameters are those of GetAsync, in their order; what is not asked for is left out.
    private static string Sql(string order, bool isSeveral, Filter filter)
    {
        var (columns, after) = Orders[order];
        // Of a fact in which several of the entity's ids take part, one row.
        const string once =
            """
            and not exists (
                select from views.timeline d
                where d.fact_id = o.fact_id and d.entity_id = any($1) and d.entity_id < o.entity_id and d.from_sequence = o.from_sequence)
            """;
        var taken = $"{filter.Takes("o")} {(isSeveral ? once : "")}";
        return $"""
            with page as (
                select t.*
                from unnest($1::text[]) as m (id) cross join lateral (
                    select t.*, {IsMerged("t")} as is_merged
                    from views.timeline t
                    where t.entity_id = m.id and ({Columns("t.")}) > {after} and {filter.Takes("t")}
                        and not exists (
                            select from views.timeline o
                            where o.entity_id = t.entity_id and {SameCore("t")} and {filter.Takes("o")} and ({Columns("o.")}) < ({Columns("t.")})
                            order by {Columns("o.")} limit 1 offset 0)
                        {(isSeveral ? $"and not exists ({Earlier(SameCore("t"))})" : "")}
                        and not ({IsMerged("t")} and exists ({Earlier(SameEntities("t"))}))
                    order by {Columns("t.")}
                    limit $15) t
                order by {Columns("t.")}
                limit $15
            )
            select {FactView.Columns}, {(isSeveral ? RolesOfAll : "a.roles")}, n.assertions, p.sequence, p.published, p.starts, p.ends
            from page p
                cross join lateral (select count(*) as assertions from {Mentions("o.sequence", $"limit {AssertionsCounted}")} limit {AssertionsCounted}) o) n
                cross join lateral {Mentions("o.*", $"order by {LastPublished} limit $16")} order by {LastPublished} limit $16) a
                join views.facts f on f.id = a.fact_id and f.from_sequence = a.from_sequence
                join views.reports r on r.id = f.report_id
            order by {Columns("p.")}, nullif(a.published, 'infinity') desc nulls last, a.sequence desc
            """;

        string Columns(string alias) => string.Join(", ", columns.Select(column => alias + column));

        string Earlier(string same) =>
            $"""
            select from views.timeline o
            where o.entity_id = any($1) and {same} and {filter.Takes("o")} and ({Columns("o.")}, o.entity_id) < ({Columns("t.")}, t.entity_id)
            """;

        // The facts of the happening of the row p, up to its end left open: of each of the entity's ids by the index, or where cores have to be
        // looked at under the judgements of the moment, all of the happening's.
        string Mentions(string wanted, string end) =>
            $"""
            (select o.* from (
                    select o.*
                    from unnest($1::text[]) as m (id) cross join lateral (
                        select {wanted} from views.timeline o where not p.is_merged and o.entity_id = m.id and {SameCore("p")} and {taken} {end}) o
                    union all
                    select {wanted}
                    from views.timeline o
                    where p.is_merged and o.entity_id = any($1) and {SameEntities("p")} and {taken}) o
            """;
    }

    private const string RolesOfAll =
        """
        (select array_agg(distinct role order by role)
        from views.timeline d cross join unnest(d.roles) as role
        where d.fact_id = a.fact_id and d.entity_id = any($1) and d.from_sequence = a.from_sequence)
        """;

    private const string LastPublished = "nullif(o.published, 'infinity') desc nulls last, o.sequence desc";

    // The row o is of the same happening, under the ids that were recorded.
    private static string SameCore(string other) => $"o.happening = {other}.happening and o.core_key = {other}.core_key";

    // The same under the ids that stand for these at the moment. Two lists of ids can mean the same only where one of them was merged.
    private static string SameEntities(string other)
    {
        return $"o.happening = {other}.happening and {Canonical("o")} = {Canonical(other)}";

        static string Canonical(string alias) =>
            $"""
            array(
                select distinct split_part(id, '=', 1) || '=' || {Identity.Canonical("substr(id, strpos(id, '=') + 1)", "$5")}
                from unnest({alias}.core) as id
                order by 1)
            """;
    }

    private static string IsMerged(string row) =>
        $"""
        (exists (select from views.identity i where {Moment.Holds("i", "$5")}) and exists (
            select from unnest({row}.core) as id cross join substr(id, strpos(id, '=') + 1) as entity
                join views.identity i on (i.entity_id = entity or i.canonical_id = entity) and {Moment.Holds("i", "$5")}))
        """;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string[]? Listed(string? text) => string.IsNullOrEmpty(text) ? null : text.Split(',');

    private sealed record Row(TimelineEntry Fact, long Lead, TimelineCursor At);

    /// <summary>Which facts are taken; null leaves a condition out, and with it a column that is read for it.</summary>
    private sealed record Filter(
        DateOnly? Day, DateOnly? From, DateOnly? To, string[]? Types, string[]? Statuses, string? Metric, string? Period, string[]? Publishers, string[]? Counterparties)
    {
        /// <summary>SQL: the row that the alias stands for held at the moment and is taken.</summary>
        public string Takes(string alias)
        {
            (bool IsAsked, string Condition)[] conditions =
            [
                (true, Moment.Holds(alias, "$5")),
                (Day is not null, $"{alias}.starts <= $6"),
                (From is not null, $"{alias}.ends >= $7 and {alias}.starts < 'infinity'"),
                (To is not null, $"{alias}.starts <= $8 and {alias}.starts < 'infinity'"),
                (Types is not null, $"{alias}.type = any($9)"),
                (Statuses is not null, $"{alias}.status = any($10)"),
                (Metric is not null, $"{alias}.metric = $11"),
                (Period is not null, $"$12 in ({alias}.period, {alias}.calendar_period)"),
                (Publishers is not null, $"{alias}.publisher_id = any($13)"),
                (Counterparties is not null,
                    $"exists (select from views.timeline c where c.fact_id = {alias}.fact_id and c.from_sequence = {alias}.from_sequence and c.entity_id = any($14))"),
            ];
            return string.Join(" and ", conditions.Where(one => one.IsAsked).Select(one => one.Condition));
        }
    }

    /// <param name="Order">The cursor is of this order alone.</param>
    /// <param name="First">When the happening began, or was published.</param>
    /// <param name="Second">When it ended; of no meaning in other orders.</param>
    /// <param name="Sequence">Of the fact at which it stands.</param>
    private sealed record TimelineCursor(string Order, DateOnly First, DateOnly Second, long Sequence);
}
