using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Cli.Display;

/// <summary>A fact's other participants and main values in a few words: <c>revenue FY2027Q1 81.6bn USD, +85% yoy</c>.</summary>
public static class FactSummary
{
    private static readonly (string Name, string After)[] Growths =
        [("changePercent", ""), ("yoyPercent", " yoy"), ("qoqPercent", " qoq"), ("momPercent", " mom"), ("ytdPercent", " ytd")];

    private static readonly string[] Figures = ["amount", "value", "price", "percent", "parameters", "activeParameters"];

    // Shown with the figure that they qualify, or of no use in a line.
    private static readonly string[] Silent = ["currency", "unit", "bound", "calendarPeriod", "low", "high"];

    /// <param name="fact">A fact in the form of the ontology.</param>
    /// <param name="entity">Id of the entity whose timeline this is; it need not be named in each line.</param>
    public static string Of(JsonNode fact, string entity)
    {
        var values = fact["values"]!.AsObject();
        var parts = new[]
        {
            string.Join(", ", Others(fact["roles"]!.AsObject(), entity)),
            string.Join(' ', Words(values).Concat(Numbers(values))),
            string.Join(", ", Growths.Where(growth => values[growth.Name] is not null).Select(growth => Signed(values[growth.Name]!) + growth.After)),
        };
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static IEnumerable<string> Others(JsonObject roles, string entity) =>
        from role in roles
        from participant in role.Value is JsonArray several ? several.AsEnumerable() : [role.Value]
        where participant["id"]!.ToString() != entity
        select $"{role.Key} {participant["name"]}";

    private static IEnumerable<string> Words(JsonObject values) =>
        from pair in values
        where pair.Value is JsonValue && pair.Value.GetValueKind() == JsonValueKind.String && !Silent.Contains(pair.Key)
        select pair.Value.ToString();

    private static IEnumerable<string> Numbers(JsonObject values)
    {
        var unit = (values["currency"], values["unit"]) switch
        {
            ({ } currency, { } per) => $" {currency}/{per}",
            ({ } currency, null) => $" {currency}",
            (null, { } other) => $" {other}",
            _ => "",
        };
        var bound = values["bound"]?.ToString() switch { "approx" => "~", "min" => ">", "max" => "<", _ => "" };
        foreach (var name in Figures.Where(name => values[name] is JsonValue && values[name]!.GetValueKind() == JsonValueKind.Number))
        {
            var number = values[name]!.GetValue<decimal>();
            yield return bound + (name == "percent" ? Plain(number) + "%" : Short(number) + (name.EndsWith("arameters", StringComparison.Ordinal) ? " " + name : unit));
        }

        if (values["low"] is { } low && values["high"] is { } high)
            yield return $"{Short(low.GetValue<decimal>())}-{Short(high.GetValue<decimal>())}{unit}";
        if (values["previousPrice"] is { } previous)
            yield return $"(was {Short(previous.GetValue<decimal>())})";
    }

    private static string Signed(JsonNode number) => number.GetValue<decimal>().ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture) + "%";

    private static string Short(decimal number) => Math.Abs(number) switch
    {
        >= 1_000_000_000_000m => Plain(number / 1_000_000_000_000m) + "tn",
        >= 1_000_000_000m => Plain(number / 1_000_000_000m) + "bn",
        >= 1_000_000m => Plain(number / 1_000_000m) + "m",
        _ => Plain(number),
    };

    private static string Plain(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
