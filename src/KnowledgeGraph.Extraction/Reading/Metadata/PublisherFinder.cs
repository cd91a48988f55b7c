using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>
/// Who publishes the report, by the shape of houses' names and by where they stand: in the masthead, in the source lines under its own
/// figures, in its copyright and legal text. A house that the text merely quotes stands in none of these.
/// </summary>
internal static partial class PublisherFinder
{
    // Below these lines whatever is called Capital or Partners is one that the report names.
    private const int HeadLines = 6;

    public static string? Find(Masthead masthead)
    {
        if (masthead.Lines.Take(16).Select(line => Labelled().Match(line.Text)).FirstOrDefault(match => match.Success) is { } labelled)
        {
            return masthead.AsPrinted(labelled.Groups["name"].Value.Trim());
        }

        var evidence = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in masthead.Top)
        {
            Collect(line.Text, 5, evidence, masthead: true, isHead: line.Index < HeadLines && !line.IsTableRow);
        }

        // 湘麓证券研发中心, 鹏程证券电子周报: whatever follows, the first line begins with the house.
        if (masthead.Top.FirstOrDefault() is { } first && Opening().Match(first.Text) is { Success: true } opening)
        {
            Add(evidence, opening.Value, 6);
        }

        var isNamed = evidence.Count > 0;
        // A house that signs a newsletter publishes it.
        if (evidence.Count == 0 && Newsletter(masthead) is { } newsletter)
        {
            return newsletter;
        }

        foreach (var line in masthead.Top.Take(8))
        {
            // Oracle Corp. (ORCL) – First Take: what has a ticker is written about.
            if (NameAndKind().Match(line.Text) is { Success: true } title && !Ticker().IsMatch(title.Groups["name"].Value))
            {
                // Halberd Research / Semiconductors | First take: beside a house's own name it is the desk's.
                Add(evidence, title.Groups["name"].Value, isNamed ? 3 : 6);
            }
        }

        var tail = masthead.Lines.Count * 3 / 4;
        foreach (var line in masthead.Lines)
        {
            if (IsSourceLine(line))
            {
                CollectOwnSource(line.Text, evidence);
            }
            else if (line.Key.Contains('©') || line.Key.Contains("copyright", StringComparison.Ordinal) || line.Key.Contains("版权", StringComparison.Ordinal))
            {
                Collect(line.Text, 4, evidence, masthead: false);
                CollectCopyright(line.Text, evidence);
            }
            else if (line.Index > tail && IsLegalTalk(line.Key))
            {
                Collect(line.Text, 3, evidence, masthead: false);
            }
        }

        // Houses that are named once below the masthead may be anybody's.
        var top = evidence.Values.DefaultIfEmpty().Max() < 5 ? MastheadName.Find(masthead) : null;
        return top is null ? Best(masthead, evidence) ?? FirstNamed(masthead) : masthead.AsPrinted(top);
    }

    /// <summary>A newsletter's title names it and its number: The Residual Stream · no. 118.</summary>
    private static string? Newsletter(Masthead masthead)
    {
        foreach (var line in masthead.Top.Take(4))
        {
            if (Issue().Match(line.Text) is { Success: true } issue)
            {
                return issue.Groups["name"].Value.Trim();
            }
        }

        return null;
    }

    private static bool IsSourceLine(TextLine line) =>
        line.Text.Length < 200 && (line.Key.StartsWith("资料来源", StringComparison.Ordinal) || line.Key.StartsWith("数据来源", StringComparison.Ordinal)
            || line.Key.StartsWith("来源", StringComparison.Ordinal) || line.Key.StartsWith("source", StringComparison.Ordinal) || (line.Key.StartsWith('注') && line.Key.Contains("来源:", StringComparison.Ordinal)));

    private static bool IsLegalTalk(string key) =>
        key.Contains("本报告", StringComparison.Ordinal) || key.Contains("本文件", StringComparison.Ordinal) || key.Contains("本公司", StringComparison.Ordinal) || key.Contains("制作", StringComparison.Ordinal)
            || key.Contains("thisreport", StringComparison.Ordinal) || key.Contains("thisdocument", StringComparison.Ordinal) || key.Contains("preparedby", StringComparison.Ordinal) || key.Contains("publishedby", StringComparison.Ordinal)
            || key.Contains("thisnote", StringComparison.Ordinal) || key.Contains("许可", StringComparison.Ordinal);

    private static void Collect(string text, double weight, Dictionary<string, double> evidence, bool masthead, bool isHead = true)
    {
        foreach (Match match in House().Matches(text).Where(match => isHead || !Investor().IsMatch(match.Value)))
        {
            Add(evidence, match.Groups["name"].Value, weight);
        }

        foreach (Match match in EnglishHouse().Matches(text).Where(match => !IsGeneric(match.Value) && !Post().IsMatch(match.Value) && (isHead || !Investor().IsMatch(match.Value))))
        {
            Add(evidence, match.Value.Trim(), masthead ? weight : weight - 1);
        }

        // CALLOWAY BRANDT & CO. EQUITY RESEARCH: what stands behind & Co. is the desk.
        if (masthead && AndCo().Match(text) is { Success: true } firm && isHead)
        {
            Add(evidence, firm.Value.Trim(), weight + 2);
        }

        // STRAITS MERIDIAN SECURITIES PTE LTD: a line in capitals that is a house's name.
        if (masthead && CapitalHouse().Match(text) is { Success: true } capitals && !IsGeneric(capitals.Groups["name"].Value))
        {
            Add(evidence, capitals.Groups["name"].Value.Trim(), weight + 1);
        }
    }

    private static readonly HashSet<string> GenericWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "Equity", "Equities", "Research", "Investment", "Securities", "Global", "Markets", "Capital", "Credit", "Technology", "Internet", "Semiconductor", "Semiconductors", "Asia", "Asian", "Pacific", "US", "U.S.", "China", "Hong", "Kong", "Taiwan", "Korea", "Japan", "India", "Europe", "European", "EMEA", "North", "American", "America", "Commissioned", "Independent", "Strategy", "Macro", "Sector", "Industry", "Company", "Hardware", "Software", "Media", "Telecom", "TMT",
    };

    /// <summary>What a house calls its trade, not itself.</summary>
    private static bool IsGeneric(string name) =>
        name.Trim().Split(' ').All(word => GenericWords.Contains(word));

    /// <summary>The house adds its own name last: 资料来源：Wind，国信证券经济研究所整理. The data's providers stand before it.</summary>
    private static void CollectOwnSource(string text, Dictionary<string, double> evidence)
    {
        var colon = text.LastIndexOf(':');
        var parts = text[(colon + 1)..].Split([',', '、', '，', ';', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return;
        }

        var own = OwnSuffix().Replace(parts[^1], "");
        if (House().Match(own) is { Success: true } house)
        {
            Add(evidence, house.Groups["name"].Value, 2);
        }
        else if (own.Length is >= 2 and <= 40 && own.Length < parts[^1].Length)
        {
            Add(evidence, own, 2);
        }
        else if (EnglishHouse().Match(own) is { Success: true } english)
        {
            Add(evidence, english.Value, 2);
        }
    }

    private static void CollectCopyright(string text, Dictionary<string, double> evidence)
    {
        if (Copyright().Match(text) is { Success: true } match)
        {
            Add(evidence, match.Groups["name"].Value.Trim(' ', '.', ','), 3);
        }
    }

    private static void Add(Dictionary<string, double> evidence, string name, double weight)
    {
        var bare = Leading().Replace(name, "").Trim();
        if (bare.Length >= 2)
        {
            evidence[bare] = evidence.GetValueOrDefault(bare) + weight;
        }
    }

    private static string? Best(Masthead masthead, Dictionary<string, double> evidence)
    {
        if (evidence.Count == 0)
        {
            return null;
        }

        var best = evidence.OrderByDescending(pair => pair.Value).ThenByDescending(pair => IsHan(pair.Key)).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key;
        return AsPrinted(masthead, best);
    }

    /// <summary>A company name that fills its own line or cell of the masthead is the name to give: 维港证券（香港）有限公司.</summary>
    private static string AsPrinted(Masthead masthead, string name)
    {
        foreach (var line in masthead.Top.Take(6))
        {
            if (FullName().Match(line.Text) is { Success: true } full && full.Value.StartsWith(name, StringComparison.Ordinal))
            {
                var start = Text.Folding.Fold(line.Raw).IndexOf(name, StringComparison.Ordinal);
                return start < 0 ? full.Value : line.Raw.Substring(start, Math.Min(full.Length, line.Raw.Length - start));
            }
        }

        return masthead.AsPrinted(name);
    }

    /// <summary>Nothing but a name in the first line: 某某财经, 某某研究.</summary>
    private static string? FirstNamed(Masthead masthead)
    {
        foreach (var line in masthead.Top.Take(5))
        {
            if (Outlet().Match(line.Text) is { Success: true } outlet)
            {
                return masthead.AsPrinted(outlet.Groups["name"].Value);
            }
        }

        return null;
    }

    private static bool IsHan(string name) => name[0] >= '\u4E00';

    [GeneratedRegex(@"(?:(?<![\u4E00-\u9FFFA-Z])|(?<=[由归经为是与和及给向据、]))(?<name>[\u4E00-\u9FFFA-Z-[的无有不该任何所述等其者被或经由归核准刊为]]{2,8}?(?:证券投资顾问|证券投顾|国际证券|证券国际|证券|投顾|期货|投资顾问|资本|金控|投信|基金|资管))(?=$|[^\u4E00-\u9FFF]|股份|有限|研究|研发|经济|投资|\(香港|国际|整理|预测|发展|版权|及|所|对|的|制作|不|认为|为|在|将|可能|保留|与|管理|内部|客户|专用)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex House();

    [GeneratedRegex(@"^[\u4E00-\u9FFF]{2,6}?(?:证券|投顾|资本|基金|资管|期货|投信|金控)(?=[\u4E00-\u9FFF])(?![^。]*[:,。])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"(?<![\w&.'’-])(?:[A-Z][\w&.'’-]*\s(?:(?:of|and|&)\s)?){1,4}(?:Securities|Capital(?: Markets)?|Research|Partners|Markets|Advisors|Advisers|Equities|Asset Management|Investments|Brokerage|Analytics)\b(?:\s\([A-Z]{2,}\))?(?:\s(?:Ltd|Limited|LLC|LLP|Inc|plc))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishHouse();

    [GeneratedRegex(@"^(?:publisher|newsletter|publication|published by|发布机构|发布方|出版机构|研究机构|出品|出品方|编制单位|主办单位|主办)\s?[:|\t ]\s?(?<name>[^|:;。]{2,40})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Labelled();

    // A first line of name and kind: Pemberton Rhodes | Equity Research, 睿闻社 · 智算早参.
    [GeneratedRegex(@"^(?<name>[^|│·•:—–]{2,40}?)(?:\s?(?:研究部|研究所|编辑部|产业组))?\s?[|│·•—–]\s?(?:[^|│]{0,40}[|│·•—–]\s?)?[^|│]{0,40}?(?:Research|First Take|Note|Daily|Weekly|Digest|Wrap|Briefing|Monitor|Insights?|日报|周报|晨报|早报|早参|晚报|快讯|晨会|周刊|月报|内参|速递|电子报|早知道)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NameAndKind();

    [GeneratedRegex(@"^(?:[A-Z][\w.'’-]*\s){1,3}(?:&|AND|and)\s(?:CO\b|Co\b|COMPANY|Company)\.?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AndCo();

    [GeneratedRegex(@"(?:资本|基金|资管|金控|Capital|Partners|Investments)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Investor();

    [GeneratedRegex(@"\b(?:Head|Director|Chief|Co-Head|VP|President)\s(?:of\s)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Post();

    [GeneratedRegex(@"^(?<name>(?:[A-Z][A-Z&.'’-]*\s){1,4}(?:SECURITIES|CAPITAL|RESEARCH|PARTNERS|MARKETS|EQUITIES|ADVISORS|ADVISERS|INVESTMENTS|ASSET MANAGEMENT|ADVISORY|BANK|INSTITUTE))(?:\s\([A-Z ]+\))?(?:\s(?:PTE\.?|PVT\.?|CO\.?,?))?(?:\s(?:LTD|LIMITED|LLC|LLP|INC|PLC)\.?)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CapitalHouse();

    [GeneratedRegex(@"\([A-Z0-9]{1,6}(?:[. :][A-Z]{1,4})?\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ticker();

    [GeneratedRegex(@"^[\u4E00-\u9FFF]{2,8}证券(?:国际)?\s?(?:\([\u4E00-\u9FFF]{2,4}\))?\s?(?:股份)?有限公司", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FullName();

    [GeneratedRegex(@"^(?:由|本报告由|本文件由|据|与|和|及|经|向|对|是|在|为|本|称|即)+(?=[\u4E00-\u9FFF]{4})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Leading();

    [GeneratedRegex(@"(?:数字未来实验室|经济研究所|研究所|研究院|研究部|研究中心|研究)?(?:整理|预测|测算|估算|绘制|估计)?(?:\s?(?:research|estimates|compiled))?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex OwnSuffix();

    [GeneratedRegex(@"(?:©|\(c\)|copyright)\s?(?:19|20)?\d{0,2}\s?(?<name>[A-Z\u4E00-\u9FFF][^•|·。;,\n]{1,60})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Copyright();

    [GeneratedRegex(@"^(?<name>[^·|•,:]{3,60}?)\s?[·|•,:\-–—#]+\s?(?:no\.?|issue|vol\.?|number|第)\s?#?\d+\s?(?:期)?\s?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Issue();

    [GeneratedRegex(@"(?:^|[\s|【\[(])(?<name>[\u4E00-\u9FFF]{2,8}(?:财经|时报|日报|周刊|新闻|经济网|研究院|研究所|电子报|通讯社|产业研究))(?:$|[\s|】\]),])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Outlet();
}
