using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// The one company that a report is on, or null for a digest: a line of its cover is the company's name and code (緯穎（6669 TT）), or its
/// title names it and the text goes on about it.
/// </summary>
public static partial class CoverCompany
{
    private const int CoverBlocks = 14;

    private const int LongestLine = 220;

    public static Participant? Find(ReportContext context, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        var named = blocks.OfType<AnnotatedBlock>().SelectMany(block => block.All<Mention>()).Where(m => m.Kind == EntityKind.Company).ToList();
        return OnCover(context) ?? TitledWithCode(context) ?? InTitle(context, context.Metadata.Title, named)
            // Where the masthead passes for the title, the first heading is it (AMD 1Q26).
            ?? InTitle(context, context.Document.Blocks.Take(CoverBlocks).FirstOrDefault(block => block.Kind == Reading.BlockKind.Heading)?.Passage.Text, named);
    }

    private static Participant? OnCover(ReportContext context)
    {
        var titled = context.Document.Blocks.Select(block => NameAndCode().Match(block.Passage.Text.Trim())).ToList();
        // Where such lines name several, they head the parts of a digest.
        if (titled.Where(match => match.Success).DistinctBy(match => match.Groups["code"].Value).Count() > 1)
            return null;
        // Below the first prose such a line heads a part.
        var cover = context.Document.Blocks.TakeWhile(block => block.Passage.Text.Length <= LongestLine).Count();
        foreach (var match in titled.Take(Math.Min(CoverBlocks, cover)).Where(match => match.Success))
        {
            var name = match.Groups["name"].Value.Trim();
            var entry = context.Vocabulary.MatchWhole(name, EntityKind.Company) ?? context.Vocabulary.MatchWhole(match.Groups["code"].Value, EntityKind.Company);
            // (CEO) and (AI) are no codes: letters alone count only behind a company that is known.
            if (entry is null && match.Groups["bare"].Success)
                continue;
            return entry is null ? Participant.Unknown(EntityKind.Company, name) : new Participant(EntityKind.Company, name, [entry.Id]);
        }

        return null;
    }

    // 中科曙联(603888.SH): 从卖服务器到卖 Token: a title that begins with name and code is of that company, unless other lines begin so.
    private static Participant? TitledWithCode(ReportContext context)
    {
        if (context.Metadata.Title is not { } title || Folding.Fold(title) is var text && text.IndexOf(')', StringComparison.Ordinal) is not (> 3 and < 40 and var close))
            return null;
        var isOnly = context.Document.Blocks.Count(block => block.Passage.Text.IndexOf(')', StringComparison.Ordinal) is > 3 and < 40 and var end && NameAndCode().IsMatch(block.Passage.Text[..(end + 1)].Trim())) <= 1;
        if (!isOnly || text.Length <= close + 1 || text[close + 1] is not (':' or ' ') || NameAndCode().Match(text[..(close + 1)].Trim()) is not { Success: true } match || match.Groups["bare"].Success)
            return null;
        var name = match.Groups["name"].Value.Trim();
        return context.Vocabulary.MatchWhole(name, EntityKind.Company) is { } entry ? new Participant(EntityKind.Company, name, [entry.Id]) : Participant.Unknown(EntityKind.Company, name);
    }

    // A digest whose title happens to name one speaks of many.
    private static Participant? InTitle(ReportContext context, string? title, List<Mention> named)
    {
        if (title is null)
            return null;
        var text = Folding.Fold(title);
        var inTitle = context.Vocabulary.Find(Passage.Plain(text)).Where(m => m.Kind == EntityKind.Company).DistinctBy(m => m.Id).ToList();
        if (inTitle.Count != 1)
            return null;
        var share = named.Count == 0 ? 0m : (decimal)named.Count(m => m.Id == inTitle[0].Id) / named.Count;
        // AMD (AMD US): …, 联发科（2454）…: a title with the code behind the name is of that company alone.
        var hasCode = text.AsSpan(inTitle[0].End).TrimStart() is ['(', ..] && inTitle[0].Start < 8;
        return share > 0.5m || (hasCode && share > 0.25m) ? new Participant(EntityKind.Company, text[inTitle[0].Start..inTitle[0].End], inTitle[0].Candidates) : null;
    }

    [GeneratedRegex(@"^(?<name>[^()|:,。;]{2,30}?)\s?\((?<code>[0-9]{3,6}(?:[. ][A-Z]{2,3})?|[0-9A-Z]{1,5}[. ](?:US|O|N|OQ|HK|TT|TW|LN|JP|KS|GR|FP|NA|SS|NO|IN|AU|CN|CH|SP|KQ)|(?:NASDAQ|NYSE|ASX|HKEX|LSE|TSE|NSE|BSE|KOSDAQ|TSX|SIX|SZSE|SSE|STAR)[: ] ?[0-9A-Z]{1,6}|(?<bare>[A-Z]{2,5}))(?:[,;][^()]{0,48})?\)(?:\s?[-–—:|]?\s?(?:深度报告|点评|公司深度|跟踪报告|个股报告|公司报告|更新报告|业绩点评|快评|速报|Company update|Results?|Update|First take|Initiation))?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NameAndCode();
}
