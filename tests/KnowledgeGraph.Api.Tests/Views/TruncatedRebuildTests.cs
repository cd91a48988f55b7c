using System.Net;
using System.Text.Json.Nodes;
using KnowledgeGraph.Testing;

namespace KnowledgeGraph.Api.Tests.Views;

/// <summary>
/// Time travel as a property: what a host answers as of a sequence is what a host answers whose log ends there. Random reports and random
/// decisions, every read.
/// </summary>
public sealed class TruncatedRebuildTests
{
    private static readonly string[] Resources = ["retractions", "confirmations", "denials", "corrections", "merges", "splits", "aliases", "hidings", "undoings"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_answer_as_of_a_sequence_is_that_of_a_log_that_ends_there(int seed)
    {
        var random = new Random(seed);
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var host = await ApiHost.StartAsync(database.ConnectionString);
        for (var i = 0; i < 60; i++)
            await ActAsync(host, random, $"{seed} {i}");
        Assert.True(await database.ReadAsync<long>("select count(*) from views.decisions where type = 'EntitiesMerged'") > 0);
        Assert.True(await database.ReadAsync<long>("select count(*) from views.decisions where type = 'CurationUndone'") > 0);
        Assert.Equal(0, await database.ReadAsync<long>("select count(*) from kg.dead_letters"));
        var replay = await ApiHost.ReadAsync(await host.Client.PostAsync("/operations/replay", null));
        Assert.All(replay["views"]!.AsArray(), view => Assert.Equal(0, view!["differenceCount"]!.GetValue<int>()));
        var paths = await PathsAsync(database);
        var end = await database.ReadAsync<long>("select max(seq_id) from events.mt_events");
        foreach (var cut in Enumerable.Range(0, 4).Select(_ => random.NextInt64(1, end)).Append(end))
        {
            await using var truncated = await TruncateAsync(database, cut);
            await using var other = await ApiHost.StartAsync(truncated.ConnectionString);
            foreach (var path in paths)
            {
                var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                // What changed up to a moment has that moment in its own parameter.
                var moment = path.StartsWith("/changes", StringComparison.Ordinal) ? $"to={cut}" : $"asOf={cut}";
                var asOf = await AnswerAsync(host, $"{path}{separator}{moment}");
                var rebuilt = await AnswerAsync(other, $"{path}{separator}{moment}");
                Assert.True(asOf == rebuilt, $"{path} as of {cut}:\n{asOf}\n\n{rebuilt}");
            }
        }
    }

    private static async Task ActAsync(ApiHost host, Random random, string name)
    {
        if (random.Next(3) == 0)
        {
            var date = random.Next(4) == 0 ? "" : $"&date=2026-0{random.Next(1, 9)}";
            await host.PostAsync($"截断 {name}\nrandom 12", $"?publisher=House{random.Next(3)}{date}");
            return;
        }

        var resource = Resources[random.Next(Resources.Length)];
        var body = new JsonObject { ["author"] = "a", ["reason"] = "r" };
        var facts = (await host.ListAsync("/reports", 50)).Select(report => report["id"]!.ToString()).ToList();
        var entities = (await host.ListAsync("/entities?kind=company", 50)).Select(entity => entity["id"]!.ToString()).ToList();
        if (facts.Count == 0)
            return;
        var held = await host.ListAsync($"/reports/{facts[random.Next(facts.Count)]}/facts", 50);
        var fact = held.Count == 0 ? null : held[random.Next(held.Count)]["id"]!.ToString();
        var decisions = await host.ListAsync("/curation", 50);
        switch (resource)
        {
            case "corrections":
                body["fact"] = fact;
                body["when"] = $"2026-0{random.Next(1, 9)}";
                if (random.Next(2) == 0)
                    body["valueStates"] = new JsonObject { ["bound"] = "novalue" };
                break;
            case "retractions" or "confirmations" or "denials":
                body["fact"] = fact;
                break;
            case "merges":
                if (random.Next(3) == 0)
                    entities = ["publisher/house0", "publisher/house1", "publisher/house2"];
                body["entity"] = entities[random.Next(entities.Count)];
                body["into"] = entities[random.Next(entities.Count)];
                break;
            case "splits":
                body["entity"] = decisions.FirstOrDefault(decision => decision["type"]!.ToString() == "EntitiesMerged")?["about"]!["entity"]!.ToString();
                break;
            case "aliases":
                body["entity"] = entities[random.Next(entities.Count)];
                body["alias"] = $"别名 {name}";
                break;
            case "hidings":
                body["publisher"] = $"publisher/house{random.Next(3)}";
                break;
            case "undoings" when decisions.Count > 0:
                body["decision"] = decisions[random.Next(decisions.Count)]["id"]!.ToString();
                break;
        }

        // Whether it is allowed just now is the service's business; what it allows must replay.
        using var content = new StringContent(body.ToJsonString(), null, "application/json");
        var response = await host.Client.PostAsync($"/curation/{resource}", content);
        Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.BadRequest or HttpStatusCode.Conflict, await response.Content.ReadAsStringAsync());
    }

    private static async Task<List<string>> PathsAsync(TestDatabase database)
    {
        var entities = await database.ReadAllAsync<string>("select distinct id from views.entities");
        var facts = await database.ReadAllAsync<Guid>("select id from views.facts group by id order by count(*) desc, id limit 40");
        var reports = await database.ReadAllAsync<string>("select id from views.reports");
        var decisions = await database.ReadAllAsync<Guid>("select id from views.decisions");
        var claims = await database.ReadAllAsync<Guid>("select distinct id from views.claims order by id limit 30");
        return
        [
            "/reports?limit=500", "/entities?limit=500", "/entities?limit=500&at=2026-04", "/entities?q=a", "/entities?q=别名", "/entities?q=penai", "/entities?q=deepsek", "/entities?kind=publisher", "/curation?limit=500",
            "/claims?limit=500", "/claims?conflicting=true&limit=500", "/claims?at=2026-05&limit=500", "/series?metric=price&period=2026-05",
            .. entities.SelectMany(id => new[] { $"/entities/{id}", $"/entities/{id}?at=2026-Q2", $"/entities/{id}/timeline?limit=500", $"/entities/{id}/timeline?at=2026-05", $"/entities/{id}/timeline?order=published&status=reported,denied&limit=500" }),
            .. entities.SelectMany(id => new[] { $"/claims?entity={id}&limit=500", $"/entities/{id}/series?metric=price", $"/entities/{id}/neighbours?limit=500" }),
            .. entities.Take(8).SelectMany(id => new[] { $"/graph?root={id}&depth=2", $"/graph?root={id}&at=2026-05", $"/graph/path?from={id}&to={entities[^1]}&all=true&length=3" }),
            .. facts.SelectMany(id => new[] { $"/facts/{id}", $"/facts/{id}/history" }),
            .. reports.SelectMany(id => new[] { $"/reports/{id}", $"/reports/{id}/facts?limit=500" }),
            .. decisions.Select(id => $"/curation/{id}"),
            .. new[] { "developed", "launched", "makes", "built-on", "supplies", "partner-of", "works-at" }.SelectMany(relation => new[] { $"/edges?relation={relation}&limit=500", $"/edges?relation={relation}&otherMaker=true" }),
            .. new[] { "ndjson", "csv", "graphml", "jsonld" }.SelectMany(format => new[] { $"/exports/{format}", $"/exports/{format}?at=2026-05", $"/exports/{format}?root={entities[0]}&depth=2" }),
            "/changes?from=0&limit=500", "/changes?from=1&limit=500",
            .. claims.SelectMany(id => new[] { $"/claims/{id}", $"/claims/{id}/values?limit=3" }),
        ];
    }

    private static async Task<string> AnswerAsync(ApiHost host, string path)
    {
        var response = await host.Client.GetAsync(path);
        return $"{(int)response.StatusCode} {response.Headers.Location} {await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>A database whose log is the same up to the cut and ends there.</summary>
    private static async Task<TestDatabase> TruncateAsync(TestDatabase database, long cut)
    {
        var truncated = await ApiFixture.NewDatabaseAsync();
        foreach (var (table, which) in new[]
        {
            ("events.mt_streams", $"where id in (select stream_id from events.mt_events where seq_id <= {cut})"),
            ("events.mt_events", $"where seq_id <= {cut}"),
            ("kg.documents", ""),
        })
        {
            await using var from = await database.DataSource.OpenConnectionAsync();
            await using var to = await truncated.DataSource.OpenConnectionAsync();
            await using var source = await from.BeginRawBinaryCopyAsync($"copy (select * from {table} {which}) to stdout (format binary)", default);
            await using var target = await to.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", default);
            await source.CopyToAsync(target);
        }

        await truncated.ExecuteAsync($"select setval('events.mt_events_sequence', {cut})");
        return truncated;
    }
}
