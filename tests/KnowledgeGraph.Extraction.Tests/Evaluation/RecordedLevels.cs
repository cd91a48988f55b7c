using System.Globalization;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Extraction.Tests.Evaluation;

/// <summary>The levels that a JSON file records by name, to three digits at most: what falls below one fails, what rises is recorded by hand.</summary>
internal sealed class RecordedLevels(string path)
{
    private const decimal Rounding = 0.0006m;

    private readonly JsonObject levels = JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    public void AssertReached(string name, decimal reached, string detail = "")
    {
        var level = levels[name]?.GetValue<decimal>() ?? throw new InvalidOperationException($"{path} has no '{name}'; it reaches {Digits(reached)}.");
        Assert.True(reached >= level - Rounding, $"{name}: {Digits(reached)} is below {Digits(level)}{detail}");
    }

    public static string Digits(decimal number) => number.ToString("0.000", CultureInfo.InvariantCulture);
}
