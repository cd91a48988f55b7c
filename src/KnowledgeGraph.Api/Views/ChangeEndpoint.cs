using System.Globalization;
using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using Npgsql;

namespace KnowledgeGraph.Api.Views;

/// <summary>What is otherwise at a later moment than at an earlier one.</summary>
/// <param name="Sequence">The event that made it so.</param>
/// <param name="Kind">report, fact, entity, or identity: which entity an id stands for.</param>
/// <param name="What">added, changed or withdrawn. A merge adds an identity, a split withdraws it.</param>
/// <param name="Id">Of the report, the fact, the entity or the merged id.</param>
/// <param name="Name">A report's title, an entity's name, or the id that a merged one stands for.</param>
/// <param name="Before">The fact as it held at the earlier moment.</param>
/// <param name="After">The fact as it holds at the later one.</param>
public sealed record Change(
    long Sequence,
    string Kind,
    [property: JsonPropertyName("change")] string What,
    string Id,
    string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FactView? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FactView? After);

public static class ChangeEndpoint
{
    public static void MapChanges(this IEndpointRouteBuilder routes) => routes.MapGet("/changes", ListAsync)
        .WithTags("Changes").Needs(Scope.Read)
        .WithName("listChanges")
        .WithSummary("What was added, changed and withdrawn between two moments, each a sequence, a day (its end, UTC) or an instant; 'to' is now where it is left out.")
        .Produces<Page<Change>>().Refuses(400);

    private static async Task<IResult> ListAsync(
        HttpContext context, NpgsqlDataSource database, string? from, string? to, [Limit] int? limit, string? cursor, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(from))
            return Problems.InvalidParameter.With("'from' is required.", nameof(from));
        var after = string.IsNullOrEmpty(cursor) ? new ChangeCursor(0, "", "") : Cursor.Decode<ChangeCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        // The cursor pins the later moment, where the caller names none.
        var until = string.IsNullOrEmpty(to) ? Cursor.SequenceOf(cursor ?? "")?.ToString(CultureInfo.InvariantCulture) ?? "" : to;
        var (first, early) = await Moments.SequenceAsync(context, from, nameof(from));
        var (last, late) = await Moments.SequenceAsync(context, until, string.IsNullOrEmpty(to) ? nameof(cursor) : nameof(to));
        if ((early ?? late) is { } problem)
            return problem;
        if (first > last)
            return Problems.InvalidParameter.With("'to' is before 'from'.", nameof(to));
        context.Response.Headers[Moments.SequenceHeader] = last.ToString(CultureInfo.InvariantCulture);
        var count = limit ?? Page.DefaultLimit;
        var rows = await ReadAsync(database, first, last, after, count + 1, cancellation);
        var page = Page.Of(rows, count, row => Cursor.Encode(new ChangeCursor(row.Sequence, row.Kind, row.Id)), last);
        return Results.Ok(page with { Items = await WithFactsAsync(database, page.Items, first, last, cancellation) });
    }

    // Each kind by the index on where its rows open or close, so that a short stretch costs little, however long the log is. What was closed
    // and opened again as it had been is no change.
    private static Task<List<Change>> ReadAsync(NpgsqlDataSource database, long from, long to, ChangeCursor after, int limit, CancellationToken cancellation) =>
        database.QueryAsync(
            $"""
            select * from (
                select r.from_sequence as sequence, 'report' collate "C" as kind, 'added' as change, r.id, r.title
                from views.reports r where r.from_sequence > $1 and r.from_sequence <= $2
                union all
                select f.from_sequence, 'fact', case when b.id is null then 'added' else 'changed' end, f.id::text, null
                from views.facts f left join views.facts b on b.id = f.id and {Moment.Holds("b", "$1")}
                where f.from_sequence > $1 and f.from_sequence <= $2 and f.to_sequence > $2 and f.body::text is distinct from b.body::text
                union all
                select f.to_sequence, 'fact', 'withdrawn', f.id::text, null
                from views.facts f
                where f.to_sequence > $1 and f.to_sequence <= $2 and f.from_sequence <= $1
                    and not exists (select from views.facts b where b.id = f.id and {Moment.Holds("b", "$2")})
                union all
                select e.from_sequence, 'entity', case when b.id is null then 'added' else 'changed' end, e.id, e.name
                from views.entities e left join views.entities b on b.id = e.id and {Moment.Holds("b", "$1")}
                where e.from_sequence > $1 and e.from_sequence <= $2 and e.to_sequence > $2 and e.name is distinct from b.name
                union all
                select i.from_sequence, 'identity', case when b.entity_id is null then 'added' else 'changed' end, i.entity_id, i.canonical_id
                from views.identity i left join views.identity b on b.entity_id = i.entity_id and {Moment.Holds("b", "$1")}
                where i.from_sequence > $1 and i.from_sequence <= $2 and i.to_sequence > $2 and i.canonical_id is distinct from b.canonical_id
                union all
                select i.to_sequence, 'identity', 'withdrawn', i.entity_id, i.canonical_id
                from views.identity i
                where i.to_sequence > $1 and i.to_sequence <= $2 and i.from_sequence <= $1
                    and not exists (select from views.identity b where b.entity_id = i.entity_id and {Moment.Holds("b", "$2")})) changes
            where (sequence, kind, id) > ($3, $4, $5 collate "C")
            order by sequence, kind, id
            limit $6
            """,
            [from, to, after.Sequence, after.Kind, after.Id, limit],
            row => new Change(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Optional<string>(4), null, null),
            cancellation);

    private static async Task<IReadOnlyList<Change>> WithFactsAsync(
        NpgsqlDataSource database, IReadOnlyList<Change> changes, long from, long to, CancellationToken cancellation)
    {
        var ids = changes.Where(change => change.Kind == "fact").Select(change => Guid.Parse(change.Id)).ToArray();
        var before = await AtAsync(from);
        var after = await AtAsync(to);
        return [.. changes.Select(change => change.Kind == "fact" ? change with { Before = before.GetValueOrDefault(change.Id), After = after.GetValueOrDefault(change.Id) } : change)];

        async Task<Dictionary<string, FactView>> AtAsync(long sequence) =>
            (await FactView.ReadAsync(database, new Moment(sequence, null), "and f.id = any($3)", [ids], cancellation)).ToDictionary(fact => fact.Id.ToString(), StringComparer.Ordinal);
    }

    private sealed record ChangeCursor(long Sequence, string Kind, string Id);
}
