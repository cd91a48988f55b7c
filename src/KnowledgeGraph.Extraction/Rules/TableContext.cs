using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>One table in its surroundings, its columns understood: what table rules ask.</summary>
public sealed class TableContext
{
    public TableContext(ReportContext report, Block block, BlockTopic topic)
    {
        (Report, Block, Topic) = (report, block, topic);
        Table = block.Table ?? throw new ArgumentException("The block is no table.", nameof(block));
        Caption = Table.Caption?.Text ?? "";
        Columns = [.. WithTargets(WithNames(TableColumns.Read(Table, report))).Select(column => column.Role is ColumnRole.MarketCap or ColumnRole.Price or ColumnRole.TargetPrice && column.Unit == new HeaderUnit() ? column with { Unit = StatedUnit(column) ?? column.Unit } : column)];
        var surroundings = new[] { Table.Caption, Table.Note, Table.Source }.OfType<Passage>().SelectMany(passage => ValueParser.Parse(passage, report.Values)).ToList();
        Day = surroundings.OfType<DateValue>().FirstOrDefault(date => date.Date.IsDay)?.Date.Text;
        Span = surroundings.OfType<PeriodValue>().FirstOrDefault();
    }

    // 市值单位：亿元；收盘价：元: caption or note say a column's unit by its name; 单位：亿元 alone is that of values of companies.
    private HeaderUnit? StatedUnit(Column column)
    {
        var clauses = new[] { Caption, Table.Note?.Text ?? "" }.SelectMany(text => text.Split([',', ';', '(', ')', '。'], StringSplitOptions.RemoveEmptyEntries)).Select(clause => clause.Trim()).ToList();
        var own = clauses.Select(clause => (clause, cut: clause.IndexOfAny([':', '为']))).Where(said => said.cut > 0 && TableColumns.RoleOf(said.clause[..said.cut]) == column.Role)
            .Select(said => UnitParser.Parse(said.clause[(said.cut + 1)..].Trim(), Report.Values.HomeCurrency)).OfType<HeaderUnit>().FirstOrDefault();
        return own ?? (column.Role != ColumnRole.MarketCap ? null
            : clauses.Select(clause => UnitParser.Parse(clause, Report.Values.HomeCurrency)).FirstOrDefault(unit => unit is { Multiplier: >= 1_000m } or { IsMoney: true }));
    }

    // Street target changes: Rating | New | Old: under a title of targets, amounts that are new and old are targets.
    private IReadOnlyList<Column> WithTargets(IReadOnlyList<Column> columns)
    {
        columns = WithRatings(columns);
        var title = Caption + " " + (Block.Heading >= 0 ? Report.Document.Blocks[Block.Heading].Passage.Text : "");
        var isOfTargets = Targets.Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase)) || columns.Any(column => column.Role is ColumnRole.Rating or ColumnRole.Broker);
        if (!isOfTargets || columns.Any(column => column.Role == ColumnRole.TargetPrice) || !columns.Any(column => column.Role is ColumnRole.Name or ColumnRole.Code))
            return columns;
        var body = Table.Rows.Skip(Table.HeaderRows).ToList();
        bool IsAmounts(Column column) => body.Count > 0 && body.TrueForAll(row => row[column.Index].Passage.Text.Trim() is { Length: < 2 } or "n/a" or "NA" || ValueParser.ParseCell(row[column.Index].Passage.Text.Trim(), Report.Values) is MoneyValue or NumberValue { Amount: > 0 });
        var pair = columns.Where(column => column.Role == ColumnRole.Other && ChangedHeaders.Contains(column.Header.Trim(), StringComparer.OrdinalIgnoreCase) && IsAmounts(column)).ToList();
        return pair.Count is 1 or 2 ? [.. columns.Select(column => pair.Contains(column) ? column with { Role = ColumnRole.TargetPrice } : column)] : columns;
    }

    // Company | Broker | From | To: columns whose cells are all ratings are of ratings.
    private IReadOnlyList<Column> WithRatings(IReadOnlyList<Column> columns)
    {
        var body = Table.Rows.Skip(Table.HeaderRows).ToList();
        bool IsRatings(Column column) => column.Role == ColumnRole.Other && body.Count > 0 && ChangedHeaders.Contains(column.Header.Trim(), StringComparer.OrdinalIgnoreCase)
            && body.TrueForAll(row => row[column.Index].Passage.Text.Trim() is { Length: < 2 } or "n/a" or "NA" || Report.Vocabulary.MatchWhole(row[column.Index].Passage.Text.Trim(), "rating") is not null);
        return columns.Any(column => column.Role == ColumnRole.Rating) ? columns : [.. columns.Select(column => IsRatings(column) ? column with { Role = ColumnRole.Rating } : column)];
    }

    private static readonly string[] Targets = ["target", "目标价"];

    private static readonly string[] ChangedHeaders = ["New", "Old", "From", "To", "Now", "Was", "Current", "Previous", "Prior", "Before", "After", "新", "旧", "原", "调整前", "调整后", "前值", "现值", "最新"];

    // A column of companies or indices needs no header to be one.
    private IReadOnlyList<Column> WithNames(IReadOnlyList<Column> columns)
    {
        var body = Table.Rows.Skip(Table.HeaderRows).ToList();
        // 板块 | 股份（编号）: of several columns of names the one that names companies and indices.
        int Known(Column column) => body.Count(row => row[column.Index].Passage.Text.Trim() is var text && (TableRow.HasCode(text) || Report.Vocabulary.MatchWhole(text) is { Kind: EntityKind.Company or EntityKind.Index }));
        var named = columns.Where(column => column.Role == ColumnRole.Name).ToList();
        if (named.Count > 1)
        {
            var best = named.MaxBy(Known);
            return [.. columns.Select(column => column.Role == ColumnRole.Name && column != best ? column with { Role = ColumnRole.Other } : column)];
        }

        if (columns.Any(column => column.Role is ColumnRole.Name or ColumnRole.Code))
            return columns;
        bool IsNames(Column column) => column.Role == ColumnRole.Other && body.Count > 0
            && body.Count(row => Report.Vocabulary.MatchWhole(row[column.Index].Passage.Text.Trim()) is { Kind: EntityKind.Company or EntityKind.Index }) * 2 >= body.Count;
        return columns.FirstOrDefault(IsNames) is { } names ? [.. columns.Select(column => column == names ? column with { Role = ColumnRole.Name } : column)] : columns;
    }

    public ReportContext Report { get; }

    public Block Block { get; }

    public BlockTopic Topic { get; }

    public Table Table { get; }

    public IReadOnlyList<Column> Columns { get; }

    public string Caption { get; }

    /// <summary>The day that caption or note name (截至5月22日), else null.</summary>
    public string? Day { get; }

    /// <summary>The period that caption or note name (5月…表现), else null.</summary>
    public PeriodValue? Span { get; }

    public IEnumerable<TableRow> Rows => Table.Rows.Skip(Table.HeaderRows).Select(cells => new TableRow(this, cells));

    /// <summary>The currency of all listed companies in the table where they agree: a name unknown among them trades in it too.</summary>
    public string? UsualCurrency => usualCurrency ??= FindUsualCurrency();

    private string? usualCurrency;

    private string? FindUsualCurrency()
    {
        var currencies = Rows.Select(row => row.Subject(EntityKind.Company)).OfType<Participant>().Where(who => who.Candidates.Count > 0)
            .Select(who => Report.Vocabulary.Entry(who.Candidates[0]).PriceCurrency()).OfType<string>().Distinct().ToList();
        return currencies.Count == 1 ? currencies[0] : null;
    }

    /// <summary>The column of a role; of an old and a new one (Rating old, Rating new; 原目标价, 新目标价) that which holds now.</summary>
    public Column? Column(ColumnRole role) => Columns.FirstOrDefault(column => column.Role == role && !IsFormer(column)) ?? Columns.FirstOrDefault(column => column.Role == role);

    /// <summary>What the column of a role held before, where the table has it too.</summary>
    public Column? FormerColumn(ColumnRole role) => Columns.FirstOrDefault(column => column.Role == role && IsFormer(column)) is { } former && former != Column(role) ? former : null;

    private static readonly string[] Former = ["old", "previous", "prior", "prev", "was", "from", "former", "调整前", "前次", "上次", "原目标价", "原评级", "前目标价", "前评级", "(原", "(前", "此前", "前值", "原值", "旧", "变动前", "before"];

    private static bool IsFormer(Column column) => TableColumns.ContainsAny(column.Header, Former);

    /// <summary>What dates a quote of this table: the day or month of its caption or note (收盘价截至…), else the report's date.</summary>
    public string? QuoteDay => Day ?? (Span is { Label: [_, _, _, _, '-', >= '0' and <= '1', _] } month ? month.Label : Report.Metadata.Date?.Text);

    /// <summary>The sources under the table.</summary>
    public IReadOnlyList<string> Attribution() => Table.Source is { } source ? SourceLines.Names(source.Text, Report) : [];

    /// <summary>A column that says of each row where it comes from, or null.</summary>
    public Column? SourceColumn => Columns.FirstOrDefault(column => Sources.Any(word => TableColumns.Contains(column.Header, word)));

    private static readonly string[] Sources = ["来源", "出处", "Source"];
}

/// <summary>One row of a table.</summary>
public sealed partial record TableRow(TableContext Context, IReadOnlyList<Cell> Cells)
{
    public string Text(Column? column) => column is null ? "" : Cells[column.Index].Passage.Text.Trim();

    /// <summary>The number in a cell in base units of its header, or null for an empty or dashed one.</summary>
    public decimal? Number(Column? column) => Value(column) switch
    {
        NumberValue number => number.Amount * column!.Unit.Multiplier,
        PercentValue percent => percent.Percent,
        MultipleValue multiple => multiple.Times,
        // An amount that brings its own 亿 or currency needs no scale of the header.
        MoneyValue money => money.Amount,
        QuantityValue quantity => quantity.Amount,
        _ => null,
    };

    /// <summary>A change as <see cref="Number"/> gives it; 0 for the words of none (持平, unch.).</summary>
    public decimal? Change(Column? column) => Number(column) ?? (None.Contains(Text(column), StringComparer.OrdinalIgnoreCase) ? 0m : null);

    private static readonly string[] None = ["持平", "平", "平盘", "无升跌", "不变", "flat", "unch", "unch.", "unchanged"];

    /// <summary>The one amount in a cell as parsed, before its header's scale; null for an empty or dashed cell and for words.</summary>
    public Annotation? Value(Column? column) => column is null ? null : ValueParser.ParseCell(Text(column), Context.Report.Values);

    public (int Start, int End) Source(Column column) => (Cells[column.Index].Start, Cells[column.Index].End);

    /// <summary>Who the row is about: by its code, else by its name; a name never seen is a new entity of the given kind.</summary>
    public Participant? Subject(string unknownKind)
    {
        var nameColumn = Context.Column(ColumnRole.Name);
        var (name, code) = Labels();
        var vocabulary = Context.Report.Vocabulary;
        // A bare number is a code on several exchanges (2382 in Hong Kong and in Taipei): the name decides before it.
        var entry = (code.Length > 0 ? vocabulary.MatchWhole(code) : null) ?? (name.Length > 0 ? vocabulary.MatchWhole(name) ?? Inside(vocabulary, nameColumn!) : null)
            ?? (code.Length > 0 ? vocabulary.MatchWhole(code, EntityKind.Company) : null);
        if (entry is not null)
            return new Participant(entry.Kind, name.Length > 0 ? name : code, [entry.Id]);
        // The cover of a note on one company: rating, target and close without saying again whose.
        if (nameColumn is null && code.Length == 0 && Context.Table.Rows.Count == Context.Table.HeaderRows + 1)
            return Context.Report.MainCompany;
        // HLDN US: a code that nobody knows is all that the table calls it.
        name = name.Length > 0 ? name : code.Split('.', ' ')[0];
        return name.Length is > 0 and <= 40 && name.Any(char.IsLetter) && !Summaries.Any(word => TableColumns.Contains(name, word)) ? Participant.Unknown(unknownKind, name) : null;
    }

    private static readonly string[] Summaries = ["平均", "均值", "中位数", "中值", "合计", "总计", "average", "mean", "median", "total"];

    /// <summary>Currency of a share price in this row: what its header says, narrowed by the listing where it says several.</summary>
    public string? Currency(Column? column, Participant subject)
    {
        if (Value(column) is MoneyValue { CurrencyStated: true } money)
            return money.Currency;
        var stated = column?.Unit.Currencies ?? [];
        if (stated.Count == 1)
            return stated[0];
        if (Context.Columns.FirstOrDefault(other => Moneys.Any(word => TableColumns.Contains(other.Header, word))) is { } moneys && Currencies.StatedIn(Text(moneys), Context.Report.Values.HomeCurrency) is { } own)
            return own;
        var (_, code) = Labels();
        var listed = subject.Candidates.Count > 0 ? Context.Report.Vocabulary.Entry(subject.Candidates[0]).PriceCurrency(code.Length > 0 ? code : null) : CurrencyOf(code);
        listed ??= Context.UsualCurrency;
        return stated.Count == 0 || listed is null || stated.Contains(listed) ? listed : stated[0];
    }

    private static readonly string[] Moneys = ["币种", "货币", "币别", "Currency", "Ccy", "Curr"];

    public FactDraft Draft(string type, (string Role, Participant? Who)[] roles, (string Name, JsonNode? Value)[] values, params Column?[] consumed)
    {
        // The row's own cells: a name that spans rows stands further up.
        var above = Context.Table.Rows.TakeWhile(row => !ReferenceEquals(row, Cells)).LastOrDefault() ?? [];
        var start = Cells.Where(cell => cell.End > cell.Start && !above.Contains(cell)).Select(cell => cell.Start).DefaultIfEmpty(Cells[0].Start).Min();
        var end = Cells.Where(cell => cell.Start >= start).Max(cell => cell.End);
        // A turned row stands all over the table: its figure alone is the evidence.
        if (Context.Table.IsTurned && consumed.OfType<Column>().FirstOrDefault() is { } figure)
            (start, end) = Source(figure);
        return new FactDraft
        {
            Type = type,
            Roles = roles.Where(role => role.Who is not null).ToDictionary(role => role.Role, role => (IReadOnlyList<Participant>)[role.Who!], StringComparer.Ordinal),
            Values = values.Where(value => value.Value is not null).ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal),
            // A rating or an estimate is as old as the report, whatever day the closes beside it are of.
            When = Context.Report.Metadata.Date?.Text,
            Attribution = Text(Context.SourceColumn) is { Length: > 1 } own ? [own] : Context.Attribution(),
            Start = start,
            End = end,
            Consumes = [.. consumed.OfType<Column>().Select(Source)],
        };
    }

    /// <summary>A name with its code in brackets: 寒武纪 (688256.SH), 腾讯控股(700).</summary>
    internal static bool HasCode(string text) => NameWithCode().IsMatch(text);

    // Name and code of the row's company, from columns of their own or from one cell: 寒武纪 (688256.SH).
    private (string Name, string Code) Labels()
    {
        var (name, code) = (Text(Context.Column(ColumnRole.Name)).Trim('*', '†', '‡', '#', '^', ' '), Text(Context.Column(ColumnRole.Code)));
        return code.Length == 0 && NameWithCode().Match(name) is { Success: true } both ? (both.Groups["name"].Value, both.Groups["code"].Value) : (name, code);
    }

    [GeneratedRegex(@"^(?<name>[^()]{1,40}?)\s?[(\[](?<code>(?=[^)\]]*[0-9A-Z])[0-9A-Z]{1,6}(?:[. ][A-Z]{1,3})?)[)\]]$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameWithCode();

    // A cell such as 恒生科技指数 HSTECH or 腾讯控股 Tencent: the first name in it.
    private VocabularyEntry? Inside(VocabularyIndex vocabulary, Column column) =>
        vocabulary.Find(Cells[column.Index].Passage).FirstOrDefault(m => m.Start == 0 && EntityKind.All.Contains(m.Kind)) is { } mention ? vocabulary.Entry(mention.Id) : null;

    private static string? CurrencyOf(string code) => code.Split('.', ' ')[^1].ToUpper(CultureInfo.InvariantCulture) switch
    {
        "HK" => "HKD",
        "O" or "N" or "US" or "A" or "OQ" => "USD",
        "SH" or "SZ" or "BJ" or "SS" => "CNY",
        "TW" or "TWO" or "TT" => "TWD",
        "T" or "JP" => "JPY",
        "KS" or "KQ" => "KRW",
        _ => null,
    };
}
