using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>A fact on the timeline of an entity.</summary>
public sealed record TimelineEntry : FactView
{
    /// <summary>The roles in which the entity takes part.</summary>
    public IReadOnlyList<string> As { get; init; } = [];
}

/// <summary>
/// The timeline: ordered by the first day that <c>when</c> covers, then the last, then the log. A fact that the text does not date stands
/// at its report's date (its <c>when</c> stays null); where the report has none either, at the end, and outside any <c>from</c> and <c>to</c>.
/// </summary>
internal static class Timeline
{
    public static async Task<IResult> GetAsync(
        HttpContext context,
        NpgsqlDataSource database,
        Moment moment,
        [EntityKind] string kind,
        string slug,
        [PartialDateText] string? from,
        [PartialDateText] string? to,
        [FactTypes] string? type,
        [Limit] int? limit,
        string? cursor,
        CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var after = string.IsNullOrEmpty(cursor) ? new TimelineCursor(DateOnly.MinValue, DateOnly.MinValue, 0) : Cursor.Decode<TimelineCursor>(cursor);
        if (after is null)
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
        var rows = await database.QueryAsync(
            $"""
            select {FactView.Columns}, m.roles, t.starts, t.ends
            from views.timeline t
                join views.facts f on f.id = t.fact_id and f.from_sequence = t.from_sequence
                join views.reports r on r.id = f.report_id
                cross join lateral (
                    select min(o.entity_id) as first, array_agg(distinct role order by role) as roles
                    from views.timeline o cross join unnest(o.roles) as role
                    where o.fact_id = t.fact_id and o.entity_id = any($1) and {Moment.Holds("o", "$9")}) m
            where t.entity_id = any($1) and t.entity_id = m.first and {Moment.Holds("t", "$9")}
                and ($10::date is null or t.starts <= $10)
                and (t.starts, t.ends, t.sequence) > ($2, $3, $4)
                and ($5::date is null or t.ends >= $5 and t.starts < 'infinity')
                and ($6::date is null or t.starts <= $6 and t.starts < 'infinity')
                and ($7::text[] is null or t.type = any($7))
            order by t.starts, t.ends, t.sequence
            limit $8
            """,
            [
                identified.Members, after.Starts, after.Ends, after.Sequence, first, last, string.IsNullOrEmpty(type) ? null : type.Split(','), count + 1,
                moment.Sequence, moment.Day,
            ],
            row => (
                Entry: FactView.Of<TimelineEntry>(row) with { As = row.GetFieldValue<string[]>(10) },
                Starts: row.GetFieldValue<DateOnly>(11),
                Ends: row.GetFieldValue<DateOnly>(12)),
            cancellation);
        var page = Page.Of(rows, count, row => Cursor.Encode(new TimelineCursor(row.Starts, row.Ends, row.Entry.Evidence!.Sequence)), moment.Sequence);
        return Results.Ok(new Page<TimelineEntry>([.. page.Items.Select(row => row.Entry)], page.Next, page.Sequence));
    }

    private sealed record TimelineCursor(DateOnly Starts, DateOnly Ends, long Sequence);
}
