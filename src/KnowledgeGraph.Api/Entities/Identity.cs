using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>Which entity an id stands for at a moment, and under which ids the facts about it were recorded.</summary>
/// <param name="Asked">The id that was asked for.</param>
/// <param name="Id">The canonical id.</param>
/// <param name="Members">The canonical id and all that were merged into it.</param>
internal sealed record Identified(string Asked, string Id, string[] Members)
{
    /// <summary>Where the resource of a merged id is: 308 to the same address under the canonical id. Null for a canonical id.</summary>
    public IResult? In(HttpContext context)
    {
        if (Asked == Id)
            return null;
        var path = context.Request.Path.Value!.Replace($"/{Asked}", $"/{Id}", StringComparison.Ordinal);
        // A split may undo the merge: nobody is to remember it for good.
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Redirect(new PathString(path).ToUriComponent() + context.Request.QueryString, permanent: true, preserveMethod: true);
    }
}

internal static class Identity
{
    /// <summary>SQL: the entity that an id stood for as of a sequence. Written out, since a function costs a hundred times the look into the index.</summary>
    public static string Canonical(string id, string sequence) =>
        $"coalesce((select i.canonical_id from views.identity i where i.entity_id = {id} and {Moment.Holds("i", sequence)}), {id})";

    /// <summary>SQL: a row with the column id for each id under which the facts of an entity stand as of a sequence, itself the first.</summary>
    public static string Members(string id, string sequence) =>
        $"(select {id} as id union all select i.entity_id from views.identity i where i.canonical_id = {id} and {Moment.Holds("i", sequence)})";

    /// <summary>Null where no event had named the id by then.</summary>
    public static async Task<Identified?> FindAsync(NpgsqlDataSource database, string id, Moment moment, CancellationToken cancellation) =>
        (await ReadBatch.RunAsync(database, batch => Find(batch, id, moment), cancellation)).SingleOrDefault();

    /// <summary>None where no event had named the id by then.</summary>
    public static List<Identified> Find(ReadBatch batch, string id, Moment moment) => batch.Add(
        $"""
        select c.id, c.id || array(select i.entity_id from views.identity i where i.canonical_id = c.id and {Moment.Holds("i", "$2")} order by i.entity_id)
        from views.entities e cross join lateral (select {Canonical("e.id", "$2")} as id offset 0) c
        where e.id = $1 and {Moment.Holds("e", "$2")}
        """,
        [id, moment.Sequence],
        row => new Identified(id, row.GetString(0), row.GetFieldValue<string[]>(1)));
}
