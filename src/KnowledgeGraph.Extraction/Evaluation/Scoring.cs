using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Extraction.Evaluation;

/// <summary>
/// Scores extracted facts against an annotation. A fact in scope that matches no annotated one counts against precision, an annotated one that
/// nothing matches against recall; an optional one counts neither way, and a repeated fact once.
/// </summary>
public static class Scoring
{
    public static Score Of(Gold gold, IReadOnlyList<JsonObject> facts)
    {
        var outputs = facts.Where(fact => FactSchema.Find(FactMatch.TypeOf(fact)) is not null && gold.IsInScope(fact)).DistinctBy(KeyOf).ToList();
        var candidates = Candidates(gold, outputs);
        var (ofGold, ofOutput) = Assign(candidates);
        // A second output that says the same as a matched annotation is a repeated mention, no error.
        var repeats = candidates.Where(pair => !ofOutput.ContainsKey(pair.Output) && ofGold.ContainsKey(pair.Gold)).Select(pair => pair.Output).ToHashSet();
        var missed = gold.Facts.Where((fact, at) => !ofGold.ContainsKey(at) && !IsOptional(fact)).ToList();
        var wrong = outputs.Where((_, at) => !ofOutput.ContainsKey(at) && !repeats.Contains(at)).ToList();
        var counted = outputs.Where((_, at) => !repeats.Contains(at) && !(ofOutput.TryGetValue(at, out var match) && IsOptional(gold.Facts[match]))).ToList();
        return new Score
        {
            Types = Tallies(gold, ofGold, counted),
            Details = Details(ofGold.Select(pair => (gold.Facts[pair.Key], outputs[pair.Value]))),
            Relaxed = gold.Facts.Count(fact => !IsOptional(fact) && outputs.Exists(output => FactMatch.IsRelaxed(fact, output))),
            Missed = missed,
            Wrong = wrong,
            Confusions = [.. missed.SelectMany(fact => wrong.Where(output => IsConfused(fact, output)).Take(1).Select(output => new Confusion(fact, output)))],
        };
    }

    private static List<(int Agreeing, int Gold, int Output)> Candidates(Gold gold, List<JsonObject> outputs)
    {
        var pairs = new List<(int Agreeing, int Gold, int Output)>();
        for (var g = 0; g < gold.Facts.Count; g++)
        {
            for (var o = 0; o < outputs.Count; o++)
            {
                if (FactMatch.Core(gold.Facts[g], outputs[o]) is { } agreeing)
                    pairs.Add((agreeing, g, o));
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.Agreeing).ThenBy(pair => pair.Gold).ThenBy(pair => pair.Output)];
    }

    // Greedy: whichever pair agrees in most values first.
    private static (Dictionary<int, int> OfGold, Dictionary<int, int> OfOutput) Assign(List<(int Agreeing, int Gold, int Output)> candidates)
    {
        var (ofGold, ofOutput) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        foreach (var (_, g, o) in candidates)
        {
            if (!ofGold.ContainsKey(g) && !ofOutput.ContainsKey(o))
                (ofGold[g], ofOutput[o]) = (o, g);
        }

        return (ofGold, ofOutput);
    }

    private static Dictionary<string, Tally> Tallies(Gold gold, Dictionary<int, int> ofGold, List<JsonObject> counted)
    {
        var types = new Dictionary<string, Tally>(StringComparer.Ordinal);
        for (var at = 0; at < gold.Facts.Count; at++)
        {
            if (!IsOptional(gold.Facts[at]))
                Add(types, gold.Facts[at], new Tally(ofGold.ContainsKey(at) ? 1 : 0, 0, 1));
        }

        foreach (var output in counted)
            Add(types, output, new Tally(0, 1, 0));
        return types;
    }

    private static void Add(Dictionary<string, Tally> types, JsonObject fact, Tally more) =>
        types[FactMatch.TypeOf(fact)] = types.GetValueOrDefault(FactMatch.TypeOf(fact), Tally.None) + more;

    private static Dictionary<string, Accuracy> Details(IEnumerable<(JsonObject Gold, JsonObject Output)> matches)
    {
        var details = new Dictionary<string, Accuracy>(StringComparer.Ordinal);
        void Count(string detail, bool isRight) => details[detail] = details.GetValueOrDefault(detail, Accuracy.None) + new Accuracy(isRight ? 1 : 0, 1);
        foreach (var (gold, output) in matches)
        {
            Count("status", gold["status"]?.ToString() == output["status"]?.ToString());
            if (gold["when"]?.ToString() is { Length: > 0 } expected)
                Count("when", output["when"]?.ToString() is { Length: > 0 } found && (expected.StartsWith(found, StringComparison.Ordinal) || found.StartsWith(expected, StringComparison.Ordinal)));
            var schema = FactSchema.For(FactMatch.TypeOf(gold));
            foreach (var (name, value) in (gold["values"] as JsonObject ?? []).Where(pair => pair.Value is not null && schema.Value(pair.Key) is not { IsCore: true }))
                Count("values", Comparison.Same(value, FactMatch.Value(output, name), name));
            if (gold["attribution"] is JsonArray { Count: > 0 } sources)
                Count("attribution", Comparison.Names(sources).Overlaps(Voices(output)));
        }

        return details;
    }

    // The broker, issuer or setter of a target need not be repeated as a source.
    private static IEnumerable<string> Voices(JsonObject output) =>
        Comparison.Names(output["attribution"]).Concat(new[] { "by", "broker", "issuer" }.SelectMany(role => Comparison.Names(FactMatch.Role(output, role))));

    private static bool IsConfused(JsonObject gold, JsonObject output)
    {
        if (FactMatch.TypeOf(gold) == FactMatch.TypeOf(output) || !AllNames(gold).Overlaps(AllNames(output)))
            return false;
        var numbers = FactMatch.Numbers(gold);
        if (numbers.Count > 0)
            return numbers.Overlaps(FactMatch.Numbers(output));
        var quote = Comparison.Plain(output["quote"]?.ToString() ?? "");
        return Comparison.Names(gold["quote"]).Any(own => quote.Length > 0 && (own.Contains(quote, StringComparison.Ordinal) || quote.Contains(own, StringComparison.Ordinal)));
    }

    private static HashSet<string> AllNames(JsonObject fact) => [.. (fact["roles"] as JsonObject ?? []).SelectMany(role => Comparison.Names(role.Value))];

    private static bool IsOptional(JsonObject fact) => fact["optional"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;

    private static string KeyOf(JsonObject fact)
    {
        var schema = FactSchema.For(FactMatch.TypeOf(fact));
        var who = schema.Roles.Where(role => role.IsCore).SelectMany(role => Comparison.Listed(FactMatch.Role(fact, role.Name))).OfType<JsonNode>()
            .Select(entity => entity is JsonObject known ? (known["id"] ?? known["name"])?.ToString() ?? "" : entity.ToJsonString()).Order(StringComparer.Ordinal);
        var values = schema.Values.Where(value => value.IsCore).Select(value => $"{value.Name}={FactMatch.Value(fact, value.Name)?.ToJsonString()}");
        return $"{schema.Type}|{string.Join('|', who)}|{string.Join('|', values)}";
    }
}
