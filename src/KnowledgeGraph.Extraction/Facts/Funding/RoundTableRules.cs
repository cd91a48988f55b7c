using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Funding;

/// <summary>Tables of rounds: who raised how much, of whom, at what valuation, one round a row.</summary>
public static class RoundTableRules
{
    private static readonly string[] Raisers = ["公司", "企业", "项目", "融资方", "被投", "标的", "名称", "Company", "Startup", "Start-up", "Name", "Firm"];
    private static readonly string[] Amounts = ["金额", "融资额", "融资规模", "募资", "规模", "Amount", "Raised", "Size", "Raise", "Deal size"];
    private static readonly string[] Rounds = ["轮次", "融资轮", "轮", "阶段", "Round", "Stage", "Series"];
    private static readonly string[] Investors = ["投资方", "投资人", "投资机构", "领投", "资方", "出资", "Lead", "Led by", "Investor", "Investors", "Backers"];
    private static readonly string[] Valuations = ["估值", "投后", "投前", "Valuation", "Post-money", "Pre-money"];
    private static readonly string[] Days = ["日期", "时间", "披露", "Date", "Day", "Announced"];
    private static readonly string[] Cues = ["融资", "募资", "投融资", "一级市场", "funding", "rounds", "raised", "venture", "financing"];

    // Between the investors of one cell.
    private static readonly string[] Joiners = ["、", ",", "/", ";", " and ", "&", "和", "及"];

    public static IReadOnlyList<TableRule> All { get; } = [new("funding/round-table", Rows)];

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        Column? Headed(string[] words, params Column?[] not) => table.Columns.FirstOrDefault(column => !not.Contains(column) && words.Any(word => TableColumns.Contains(column.Header, word)));
        var valuation = Headed(Valuations);
        var amount = Headed(Amounts, valuation);
        var round = Headed(Rounds, amount, valuation);
        var investors = Headed(Investors, amount, valuation, round);
        var raiser = Headed(Raisers, amount, valuation, round, investors) ?? table.Columns.FirstOrDefault(column => column != amount && column != round && column != investors && column != valuation);
        if (amount is null || raiser is null || (round is null && investors is null) || !IsOfRounds(table, round))
            yield break;
        foreach (var row in table.Rows)
        {
            if (Draft(table, row, raiser, amount, (round, investors, valuation, Headed(Days, raiser, amount))) is { } draft)
                yield return draft;
        }
    }

    // A column of rounds, or words over the table, say that the sums were raised.
    private static bool IsOfRounds(TableContext table, Column? round)
    {
        var heading = table.Block.Heading >= 0 ? table.Report.Document.Blocks[table.Block.Heading].Passage.Text : "";
        return round is not null || Cues.Any(word => (table.Caption + " " + heading).Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static FactDraft? Draft(TableContext table, TableRow row, Column raiser, Column amount, (Column? Round, Column? Investors, Column? Valuation, Column? Day) rest)
    {
        var sum = Sum(table, row, amount);
        if (Company(table, row.Text(raiser)) is not { } company || sum is null)
            return null;
        var worth = Sum(table, row, rest.Valuation);
        var round = row.Text(rest.Round) is { Length: > 0 and <= 20 } name && name.Any(char.IsLetter) ? name : null;
        var draft = row.Draft("FundingRaised", [("company", company)],
            [("amount", JsonValue.Create(sum.Value.Amount)), ("currency", sum.Value.Currency), ("bound", sum.Value.Money?.Bound.Word()), ("round", round), ("valuation", worth is { } value ? JsonValue.Create(value.Amount) : null)], amount, rest.Valuation);
        var backers = row.Text(rest.Investors).Split(Joiners, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => text.TrimEnd('等').Replace("领投", "", StringComparison.Ordinal).Trim()).Select(text => Company(table, text)).OfType<Participant>().ToList();
        var roles = new Dictionary<string, IReadOnlyList<Participant>>(draft.Roles, StringComparer.Ordinal);
        if (backers.Count > 0)
            roles["investors"] = backers;
        var day = rest.Day is null ? null : ValueParser.Parse(Text.Passage.Plain(row.Text(rest.Day)), table.Report.Values).OfType<DateValue>().FirstOrDefault();
        return draft with { Roles = roles, When = day?.Date.Text ?? table.Day };
    }

    // A cell that says its own currency, or a number under a header that does.
    private static (decimal Amount, string? Currency, MoneyValue? Money)? Sum(TableContext table, TableRow row, Column? column)
    {
        if (column is null)
            return null;
        var money = ValueParser.Parse(Text.Passage.Plain(row.Text(column)), table.Report.Values).OfType<MoneyValue>().FirstOrDefault();
        if (money is not null)
            return (money.High ?? money.Amount, money.Currency, money);
        return row.Number(column) is { } number && column.Unit.Currency is { } currency && number >= 10_000 ? (number, currency, null) : null;
    }

    private static Participant? Company(TableContext table, string text) =>
        text.Length is 0 or > 40 || !text.Any(char.IsLetter) || IsNobody(text) ? null
        : table.Report.Vocabulary.MatchWhole(text, EntityKind.Company) is { } known ? new Participant(EntityKind.Company, known.Name, [known.Id])
        : Participant.Unknown(EntityKind.Company, text);

    // n/a, 未披露: nobody.
    private static bool IsNobody(string text) => new[] { "n/a", "n.a.", "未披露", "不详", "undisclosed", "unknown", "合计", "total" }.Any(word => text.Equals(word, StringComparison.OrdinalIgnoreCase));
}
