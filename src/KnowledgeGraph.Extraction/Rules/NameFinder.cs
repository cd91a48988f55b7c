using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// A name that a fact may be about, known or never seen: a vocabulary entry, a member of a known family (Qwen4.1-Max after Qwen), or a
/// name by its shape alone. <c>Kind</c> is null where only the words around it can tell.
/// </summary>
/// <param name="Text">The bare name, quotes and a leading company name cut off.</param>
/// <param name="Kind">An <c>EntityKind</c>, or null.</param>
/// <param name="Candidates">Vocabulary ids that own exactly this name.</param>
/// <param name="Family">Id of the vocabulary entry with which the name begins, from which its maker is known; or null.</param>
public sealed record Name(int Start, int End, string Text, string? Kind, IReadOnlyList<string> Candidates, string? Family, bool Quoted) : Annotation(Start, End);

/// <summary>Finds names: Latin-letter runs with their versions and editions, Chinese family names with a version behind, quoted titles.</summary>
public static partial class NameFinder
{
    // No surface form is longer, separators and a following 大模型 counted in.
    private const int LongestName = 140;

    // A Chinese edition right behind a name belongs to it: GLM-5.1 高速版.
    private static readonly string[] Editions = ["高速版", "正式版", "预览版", "低配版", "专业版", "基础版", "旗舰版", "企业版", "轻量版", "极速版", "标准版", "增强版", "国际版", "个人版", "满血版", "开源版", "质量模式"];

    // Latin words that stand in running text without naming anything.
    private static readonly HashSet<string> NotNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "AI", "API", "GPU", "CPU", "TPU", "NPU", "ASIC", "HBM", "IPO", "CEO", "CFO", "CTO", "COO", "App", "APP", "PC", "Agent", "Agents", "Token", "Tokens", "token", "tokens", "SaaS", "MaaS", "IaaS", "PaaS", "AIGC", "LLM", "OCR", "RAG", "MCP",
        "SOTA", "MoE", "IDE", "IT", "IDC", "CPO", "PE", "EPS", "GAAP", "Non-GAAP", "ROI", "ARR", "MAU", "DAU", "GMV", "YOY", "QOQ", "Q1", "Q2", "Q3", "Q4", "H1", "H2", "FY", "TOP", "VS", "K", "B", "M", "T", "x", "UI", "GUI", "SDK", "OS", "iOS", "Android", "Windows", "Mac",
        "US", "UK", "EU", "USD", "HKD", "CNY", "RMB", "The", "A", "An", "In", "On", "At", "By", "For", "And", "Or", "It", "We", "Its", "Both", "All", "Each", "This", "That", "New", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Inc", "Ltd", "Corp",
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
        "Agreed", "Volume", "Shipments", "Deliveries", "Initial", "Early", "Upside", "Downside", "Backlog", "Concentration", "Outlook", "Margin", "Margins", "Earnings", "Consensus", "Guidance", "Orders", "Bookings", "Pricing", "Opex", "Valuation", "Risks", "Bulls", "Bears", "Positive", "Negative", "What", "When", "Korean", "Chinese", "Japanese", "Taiwanese", "American", "European", "Israeli", "French", "German", "British", "Indian", "Canadian", "Dutch", "Swedish", "Singaporean", "Saudi", "Press", "Sources", "Shares", "Management", "Analysts", "Separately", "Meanwhile", "However", "Also", "Still", "But", "So", "As", "If", "While", "After", "Before", "With", "From", "To", "Of", "No", "Not", "Yet", "Now", "Then", "There", "These", "Those", "They", "He", "She", "You", "Our", "Your", "Their", "His", "Her", "Why", "How", "Where", "Who", "Which", "Under", "Over", "Per", "Via", "One", "Two", "Three", "Four", "Five", "First", "Second", "Last", "Next", "Most", "Some", "Any", "Every", "Half", "Among", "Despite", "Since", "Until", "Because", "Though", "Although", "Street", "Investors", "Revenue", "Data", "Cloud", "Reuters", "Talks", "Terms", "Negotiations", "Elsewhere", "Earlier", "Later", "Today", "Yesterday", "Overnight", "Here", "Just", "Even", "Only", "More", "Less", "Up", "Down", "Out", "Off",
        "GDR", "ECB", "Capex", "OPM", "CSP", "Hyperscaler", "In-Context", "Agent-first", "Agentic", "GW", "MW", "GB", "TB", "Beta", "Preview", "TFLOPS", "PFLOPS", "EFLOPS", "TOPS",
    };

    // What opens a sentence before a name: The Groq 3 LPU, Running gpt-oss-120b.
    private static readonly HashSet<string> Openers = new(StringComparer.Ordinal)
    {
        "The", "A", "An", "Its", "Each", "All", "Both", "This", "New", "Our", "Every", "Running", "Training", "Using", "Serving", "Testing", "Paired", "Powered", "Built", "Based", "Version", "Versions", "Inside", "Until", "Unlike", "Compared", "Called", "Expect",
    };

    private static readonly HashSet<string> LowerCaseEditions = new(StringComparer.Ordinal) { "mini", "nano", "preview", "lite", "fast", "turbo", "pro", "flash", "max", "instant", "plus", "ultra", "large", "small", "medium", "high", "low", "thinking", "v1", "v2", "v3", "v4", "for" };

    /// <param name="passage">Where to look.</param>
    /// <param name="mentions">The vocabulary's findings in the same passage.</param>
    public static IReadOnlyList<Name> Find(Passage passage, IReadOnlyList<Mention> mentions)
    {
        var text = passage.Text;
        var names = new List<Name>();
        foreach (var run in LatinRuns(text))
            AddRun(text, run.Start, run.End, mentions, names);
        foreach (var mention in mentions.Where(IsNameable))
        {
            var end = ExtendByVersion(text, mention.End);
            // Not what a longer name covers, in whole or (智谱 GLM over GLM-5.1) from its second word on.
            if (!names.Any(name => name.Start <= mention.Start && mention.End <= name.End) && !names.Any(name => name.Start > mention.Start && name.Start < mention.End && name.End > end))
                names.Add(Make(text, mention.Start, end, mentions, quoted: false));
        }

        foreach (Match match in Quoted().Matches(text))
        {
            var inner = match.Groups["name"];
            names.Add(Make(text, inner.Index, inner.Index + inner.Length, mentions, quoted: true) with { Start = match.Index, End = match.Index + match.Length });
        }

        return [.. names.Select(name => OfGeneration(text, name)).OrderBy(name => name.Start).ThenByDescending(name => name.End)];
    }

    /// <summary>The mentions that start in a span, end exclusive; mentions are in reading order.</summary>
    private static IEnumerable<Mention> StartingIn(IReadOnlyList<Mention> mentions, int start, int end)
    {
        var (low, high) = (0, mentions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (mentions[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < mentions.Count && mentions[low].Start < end; low++)
            yield return mentions[low];
    }

    private static IEnumerable<Mention> StartingAt(IReadOnlyList<Mention> mentions, int start) => StartingIn(mentions, start, start + 1);

    // Chinese family name directly before a Latin or digit run: 混元图像 3.0, 通义千问 3-Max.
    private static void AddRun(string text, int start, int end, IReadOnlyList<Mention> mentions, List<Name> names)
    {
        // 128K, 400K-token, 288GB: an amount, whatever letters it ends with.
        if (char.IsAsciiDigit(text[start]) && !StartingAt(mentions, start).Any())
            return;
        end = WithoutPlural(text, start, WithoutPossessive(text, start, end));
        // Deci for $300m: the preposition belongs to what follows.
        if (end - start > 4 && string.CompareOrdinal(text, end - 4, " for", 0, 4) == 0)
            end -= 4;
        start = AfterArticle(text, start, end);
        var company = StartingAt(mentions, start).Where(m => m.Kind == EntityKind.Company && m.End < end).OrderByDescending(m => m.End).FirstOrDefault();
        var whole = StartingAt(mentions, start).Any(m => IsNameable(m) && m.End > (company?.End ?? start));
        if (company is not null && !whole)
        {
            var rest = company.End;
            while (rest < end && text[rest] is ' ' or '-' or '\'' or '’')
                rest++;
            // Robinhood Chain: everyday words behind a company name something only together with it.
            start = rest < end && (text[company.End] == '-' && text.AsSpan(rest, end - rest).ContainsAnyInRange('0', '9') || text[company.End] == ' ' && IsPlainWords(text[rest..end])) && !mentions.Any(m => m.Start == rest) ? start : rest;
        }

        // DeepMind for Halden Labs: behind the company's name the preposition opens the next.
        if (company is not null && end - start > 4 && string.CompareOrdinal(text, start, "for ", 0, 4) == 0)
            start += 4;

        // COUPE on Substrate: a known name that runs over small words keeps its parts.
        if (mentions.Any(m => IsNameable(m) && m.Start <= start && m.End >= end && m.End - m.Start > end - start))
            return;
        var family = StartingIn(mentions, start - LongestName, start).LastOrDefault(m => IsNameable(m) && m.End <= start && text[m.End..start].Trim() is "" or "大模型" or "模型");
        var from = family is not null && !char.IsAsciiLetter(text[family.Start]) ? family.Start : start;
        if (start >= end || IsAdjective(text[start..end]) || (from == start && NotNames.Contains(text[start..end])) || IsNoName(text[start..end]))
            return;
        if (!text[from..end].Any(char.IsLetter))
            return;
        from = from == start ? WithHead(text, start, end) : from;
        names.Add(Make(text, from, ExtendByEdition(text, end), mentions, quoted: false));
    }

    private static Name Make(string text, int start, int end, IReadOnlyList<Mention> mentions, bool quoted)
    {
        var exact = StartingAt(mentions, start).Where(m => m.End == end).OrderBy(m => IsNameable(m) ? 0 : 1).FirstOrDefault();
        if (exact is not null)
            return new Name(start, end, text[start..end], exact.Kind, exact.Candidates, exact.Id, quoted);
        var family = StartingAt(mentions, start).Where(m => IsNameable(m) && m.End <= end).OrderByDescending(m => m.End).FirstOrDefault()
            // 智谱 GLM is one alias: behind the company's name its rest is still the family.
            ?? mentions.Where(m => IsNameable(m) && m.Start < start && m.End > start && m.End <= end).OrderByDescending(m => m.End).FirstOrDefault();
        // 华为升腾 960: the company before a family's own Han name is no part of it.
        if (family is { Kind: EntityKind.Model or EntityKind.Chip } && StartingAt(mentions, start).Where(m => m.Kind == EntityKind.Company && m.End + 2 <= family.End && text[m.End] >= '\u4e00').OrderByDescending(m => m.End).FirstOrDefault() is { } owner)
            start = owner.End;
        return new Name(start, end, text[start..end].Trim(), family?.Kind, [], family?.Id, quoted);
    }

    // text-to-image is what a model does, Apache 2.0 and MIT are licences.
    private static bool IsNoName(string text) =>
        text.Contains("-to-", StringComparison.Ordinal) || text.StartsWith("Apache", StringComparison.Ordinal) || text.StartsWith("MIT ", StringComparison.Ordinal) || text is "MIT" or "GPL" or "BSD" || NoThing().IsMatch(text);

    // 第九代 TPU: the generation is the version.
    private static Name OfGeneration(string text, Name name) =>
        name is { Kind: EntityKind.Chip, Candidates.Count: > 0, Quoted: false } && Generation(text, name.Start) is { } start ? name with { Start = start, Text = text[start..name.End], Candidates = [] } : name;

    private static int? Generation(string text, int end)
    {
        var at = end > 0 && text[end - 1] == ' ' ? end - 1 : end;
        if (at < 3 || text[at - 1] != '代')
            return null;
        var open = text.LastIndexOf('第', at - 2, Math.Min(4, at - 1));
        return open >= 0 && at - 1 - open is > 1 and <= 4 && text.AsSpan(open + 1, at - 2 - open).IndexOfAnyExcept("一二三四五六七八九十0123456789") < 0 ? open : null;
    }

    private static bool IsPlainWords(string text) => text.Split(' ').All(word => word.Length > 2 && char.IsAsciiLetterUpper(word[0]) && word.Skip(1).All(char.IsAsciiLetterLower));

    // 某言-V4: a short Chinese head that a hyphen ties to the version; it starts behind a mark, a small word or a verb.
    private static int WithHead(string text, int start, int end)
    {
        if (start < 3 || text[start - 1] != '-' || !text.AsSpan(start, end - start).ContainsAnyInRange('0', '9'))
            return start;
        var head = start - 1;
        while (head > 0 && start - 1 - head < 5 && IsHan(text[head - 1]) && !"的了是为由与和及以在用把将对从至到布出源".Contains(text[head - 1], StringComparison.Ordinal))
            head--;
        if (start - 1 - head is >= 2 and <= 4)
            return head;
        // 端侧小模型砚-Mini 2: a noun that says what it is ends where the name begins; so does a mark.
        for (var from = start - 2; from > 0 && from >= start - 5 && IsHan(text[from]); from--)
        {
            if (!char.IsLetterOrDigit(text[from - 1]) || HeadNouns.Ending(text[Math.Max(0, from - 12)..from]) is not null)
                return from;
        }

        return start;
    }

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';

    // The Groq 3 LPU, Its Forge: an article that opens a sentence is written like a name.
    private static int AfterArticle(string text, int start, int end)
    {
        var space = text.IndexOf(' ', start, end - start);
        return space > 0 && Openers.Contains(text[start..space]) ? space + 1 : start;
    }

    private static int WithoutPossessive(string text, int start, int end)
    {
        var mark = text.AsSpan(start, end - start).IndexOfAny("'’");
        return mark > 0 && text.AsSpan(start + mark, end - start - mark) is "'s" or "’s" or "'" or "’" ? start + mark : end;
    }

    // sixteen H100s: the name of the chip is H100.
    private static int WithoutPlural(string text, int start, int end) =>
        end - start > 3 && text[end - 1] == 's' && char.IsAsciiDigit(text[end - 2]) && char.IsAsciiLetterUpper(text[text.LastIndexOf(' ', end - 1, end - start) is > 0 and var space ? space + 1 : start]) ? end - 1 : end;

    private static IEnumerable<(int Start, int End)> LatinRuns(string text)
    {
        (int Start, int End)? run = null;
        foreach (Match token in Token().Matches(text))
        {
            var isNext = run is { } r && token.Index == r.End + 1 && text[r.End] == ' ';
            var joins = isNext && !IsAdjective(text[run!.Value.Start..run.Value.End]) && !EndsInPossessive(text, run!.Value.End) && (IsNameToken(token.Value) || (char.IsAsciiDigit(token.Value[0]) && !IsCount(text, run.Value.End, token, HasOwnVersion(text, run.Value.Start, run.Value.End))) || LowerCaseEditions.Contains(token.Value)) && !NotNamesAfter(token.Value) && !(token.Value == "for" && (HasVersion(text, run.Value.Start, run.Value.End) || token.NextMatch() is { Success: true } next && NotNames.Contains(next.Value)));
            if (joins)
            {
                run = (run!.Value.Start, token.Index + token.Length);
                continue;
            }

            if (run is { } done)
                yield return done;
            run = IsNameToken(token.Value) && token.Value.Any(char.IsAsciiLetter) ? (token.Index, token.Index + token.Length) : null;
        }

        if (run is { } last)
            yield return last;
    }

    // ChatGPT for Excel is one name; Large 3 for Europe is a version, and for whom.
    private static bool HasVersion(string text, int start, int end) => text.AsSpan(start, end - start).ContainsAnyInRange('0', '9');

    // Grok 5 mini, Qwen3.7-Plus; the 3D of Hunyuan3D is none.
    private static bool HasOwnVersion(string text, int start, int end)
    {
        for (var at = start + 1; at < end; at++)
        {
            var isBegun = char.IsAsciiDigit(text[at]) && (text[at - 1] is ' ' or '-' || text[at - 1] == '.' && char.IsAsciiDigit(text[at - 2]));
            if (isBegun && (at + 1 == end || text[at + 1] is ' ' or '-' or '.' || char.IsAsciiDigit(text[at + 1])))
                return true;
        }

        return false;
    }

    // App 6月, GPT-5.2 94.6分: a month or a score behind the name, not its version.
    private static bool IsCount(string text, int end, Match token, bool isVersioned)
    {
        var behind = token.Index + token.Length;
        behind += behind + 1 < text.Length && text[behind] == ' ' && text[behind + 1] is '月' or '年' ? 1 : 0;
        // Flash-Lite 3 0.20: a name has one version, and a price behind it.
        if (isVersioned && token.Value.Contains('.', StringComparison.Ordinal) && token.Value.All(c => char.IsAsciiDigit(c) || c == '.'))
            return true;
        return behind < text.Length && (text[behind] is '月' or '年' or '%' || (text[behind] == '分' && char.IsAsciiDigit(text[end - 1]))) && token.Value.All(c => char.IsAsciiDigit(c) || c == '.');
    }

    // Cursor's Composer: two names.
    private static bool EndsInPossessive(string text, int end) => end >= 2 && text[end - 1] == 's' && text[end - 2] is '\'' or '’';

    // Paris-based, Nvidia-backed: where from or whose, and no part of the name behind it.
    private static bool IsAdjective(string token) => token.LastIndexOf('-') is > 0 and var at && token[(at + 1)..] is "based" or "backed" or "owned" or "listed" or "led" or "controlled" or "founded" or "headquartered" or "funded" or "built" or "made" or "born";

    // A capital somewhere, or letters mixed with digits: Qwen3.7-Max, xAI, o3, k2; not 'the', not '7'.
    private static bool IsNameToken(string token) => token.Any(char.IsAsciiLetterUpper) || (char.IsAsciiLetter(token[0]) && token.Any(char.IsAsciiDigit) && !Quantity().IsMatch(token));

    private static bool NotNamesAfter(string token) => token is "API" or "App" or "APP" or "AI" or "CEO" or "CFO" or "CTO" or "IPO" or "GPU" or "CPU" or "TPU" or "TPUs" or "GPUs" or "CPUs" or "Token" or "Agent" or "The" or "And" || Quantity().IsMatch(token) && !char.IsAsciiLetterUpper(token[^1]);

    private static int ExtendByVersion(string text, int end)
    {
        var match = Version().Match(text, end);
        return ExtendByEdition(text, match.Success && match.Index == end ? end + match.Length : end);
    }

    private static int ExtendByEdition(string text, int end)
    {
        var at = end < text.Length && text[end] == ' ' ? end + 1 : end;
        foreach (var edition in Editions)
        {
            if (string.CompareOrdinal(text, at, edition, 0, edition.Length) == 0)
                return at + edition.Length;
        }

        return end;
    }

    private static bool IsNameable(Mention mention) => mention.Kind is EntityKind.Model or EntityKind.Product or EntityKind.Chip;

    [GeneratedRegex(@"[A-Za-z0-9](?:[A-Za-z0-9+'’]|[.\-&/](?=[A-Za-z0-9]))*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"^[0-9.]+(?:tokens?(?:/s)?|tok/s|%|x|pct|fps|ms|nm|bps|GB|TB|MW|GW|K|k)(?:/s)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quantity();

    // Fiscal periods and number formats.
    [GeneratedRegex(@"^(?:FY ?[0-9]{2,4}(?:[QH][1-4])?|[0-9]{2,4}[QH][1-4]|[QH][1-4] (?:FY)?[0-9]{2,4}|(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec) [0-9]{1,4}|(?:FP|BF|TF|INT|NVFP|MXFP)(?:4|8|16|32|64))$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoThing();

    [GeneratedRegex(@"\G(?:图像|视频|语音|音频|音乐|翻译|世界|编程|生图|多模态|视觉|推理|同传|创作|生成|编辑|理解|大模型|模型|气象|天气|实时|科学|医疗|医学|金融|法律|教育|代码|数学|具身|端侧|文档|搜索|对话|角色|数字人|文生图|文生视频|绘画|设计|会议|智能体){0,4}(?:(?<=[\u4e00-\u9fff])-|[ ])?[Vv]?[0-9]+(?:\.[0-9]+)*(?:[- ]?(?>[A-Z][A-Za-z0-9]*|mini|lite|pro|max|flash|turbo))*(?![0-9%.]|[ ]?[亿万元倍个月日年款位家项])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();

    [GeneratedRegex("“(?<name>[^“”,。;]{2,24})”|‘(?<name>[^‘’,。;]{2,24})’|「(?<name>[^「」,。;]{2,24})」|『(?<name>[^『』,。;]{2,24})』", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();
}
