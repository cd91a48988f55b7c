using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>What is known of a block before any rule runs: its sentences with all annotations.</summary>
public sealed record AnnotatedBlock(Block Block, IReadOnlyList<Sentence> Sentences)
{
    public IEnumerable<T> All<T>()
        where T : Annotation => Sentences.SelectMany(sentence => sentence.All<T>());
}

/// <summary>
/// What stands over each block: the company of its lead-in (英伟达：, 【科大讯飞】), of its parent item or of its nearest heading; the date
/// that opens it; the dateline and the source in brackets that speak for all of it.
/// </summary>
public static class BlockTopics
{
    // A date or company this near to the start of a block is said of the whole block.
    private const int LeadIn = 16;

    // So many items a list of figures has at most; a longer one is news, and is not walked again for each of its items.
    private const int LongestList = 12;

    public static BlockTopic Of(int index, IReadOnlyList<AnnotatedBlock?> blocks, ReportContext report)
    {
        var block = blocks[index]!;
        var sources = block.All<Source>().Where(source => source.IsWholeBlock).ToList();
        if (Qualifiers.FindClosingSource(block.Block.Passage.Text) is { } closing)
            sources.Add(closing);
        return new BlockTopic(
            CompanyOver(index, blocks, report),
            DateOf(block) ?? Parents(index, blocks).Select(DateOver).FirstOrDefault(date => date is not null) ?? (TitleLine(index, blocks) is { } opening ? DateOver(opening) : null),
            PeriodOfList(index, blocks) ?? Parents(index, blocks).Select(parent => OwnPeriods(parent).LastOrDefault(IsReported)).FirstOrDefault(period => period is not null) ?? PeriodOver(block.Block.Heading, blocks, report.ReportDate) ?? (TitleLine(index, blocks) is { } line ? OwnPeriods(line).FirstOrDefault() : null) ?? PeriodOfSection(index, blocks),
            sources)
        { Thing = ThingOver(index, blocks, report.Kinds), Metric = MetricOver(block.Block, blocks), Part = PartOver(block, blocks, report) };
    }

    // The items above an item, the nearest first, and over the topmost the paragraph that leads its list in: 谷歌周二盘后发布二季报:
    private static IEnumerable<AnnotatedBlock> Parents(int index, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        var top = index;
        for (var parent = blocks[index]!.Block.Parent; parent >= 0 && blocks[parent] is { } item; parent = item.Block.Parent)
        {
            yield return item;
            top = parent;
        }

        if (blocks[top]!.Block.Kind == BlockKind.ListItem && IntroductionOf(top, blocks) is { } introduction)
            yield return introduction;
    }

    private static AnnotatedBlock? IntroductionOf(int item, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        var before = item;
        while (before >= Math.Max(0, item - LongestList) && blocks[before] is { Block.Kind: BlockKind.ListItem })
            before--;
        return before >= 0 && before < item && blocks[before] is { Block: { Kind: BlockKind.Paragraph, Passage.Text: { Length: <= 100 } text } } paragraph && text.TrimEnd().EndsWith(':') && paragraph.Block.Heading == blocks[item]!.Block.Heading ? paragraph : null;
    }

    // A date that opens a block is said of all of it.
    private static DateValue? DateOf(AnnotatedBlock block) =>
        block.Sentences.Take(1).SelectMany(first => first.All<DateValue>().Where(date => SentenceContext.IsHappening(first, date))).FirstOrDefault(date => date.Start <= LeadIn);

    // The day of the news that a parent item or a lead-in tells, wherever it stands in it.
    private static DateValue? DateOver(AnnotatedBlock parent) =>
        parent.Sentences.SelectMany(sentence => sentence.All<DateValue>().Where(date => date.Date.IsDay && SentenceContext.IsHappening(sentence, date))).FirstOrDefault();

    private static bool IsReported(PeriodValue period) => period.Label.Contains('Q', StringComparison.Ordinal) || period.Label.Contains('H', StringComparison.Ordinal);

    private static Participant? CompanyOver(int index, IReadOnlyList<AnnotatedBlock?> blocks, ReportContext report)
    {
        if (blocks[index] is { } own && Leading(own) is { } lead && !IsRunIn(own, report))
            return lead;
        foreach (var parent in Parents(index, blocks))
        {
            if (Leading(parent) is { } company)
                return company;
        }

        for (var heading = blocks[index]!.Block.Heading; heading >= 0; heading = blocks[heading]?.Block.Heading ?? -1)
        {
            if (blocks[heading] is { } title && Leading(title) is { } company && !(IsOfSeveral(title) && IsDocumentTitle(heading, blocks)))
                return company;
        }

        if (Titled(index, blocks) is { } titled)
            return titled;

        // A paragraph goes on about the company that opened the one before it.
        return blocks[index]!.Block.Kind == BlockKind.Paragraph && GoesOn(blocks[index]!) && index > 0 && blocks[index - 1] is { Block.Kind: BlockKind.Paragraph } before && before.Block.Heading == blocks[index]!.Block.Heading && !IsRunIn(before, report) ? Leading(before) : null;
    }

    private static bool IsRunIn(AnnotatedBlock block, ReportContext report) => report.MainCompany is { } main && block.Sentences.Count > 1 && IsRunIn(block.Sentences[0], main);

    /// <summary>NVIDIA. The company has joined…: in a note on one company a first sentence that is another's name says whom its paragraph deals with, where the paragraph then speaks of the one.</summary>
    internal static bool IsRunIn(Sentence first, Participant main)
    {
        if (first.Start > 0 || first.Text.TrimEnd('.', ' ') is not { Length: > 1 and <= 30 } title || !first.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Length >= title.Length && !m.Candidates.Intersect(main.Candidates).Any()))
            return false;
        var rest = first.Passage.Text.AsSpan(first.End);
        var name = main.Name.Split(' ')[0];
        return rest.Contains("the company", StringComparison.OrdinalIgnoreCase) || rest.Contains("management", StringComparison.OrdinalIgnoreCase) || (name.Length > 3 && rest.Contains(name, StringComparison.Ordinal));
    }

    // META Q3 - headline good, outlook ugly: a line of its own that opens with a company is over the paragraphs below it, up to the next that opens with one.
    private static Participant? Titled(int index, IReadOnlyList<AnnotatedBlock?> blocks) => TitleLine(index, blocks) is { } title ? Leading(title) : null;

    // 博通交卷,DeepSeek 再降价: the title of a weekly is over nothing in particular.
    private static bool IsOfSeveral(AnnotatedBlock title) =>
        title.Sentences.SelectMany(sentence => sentence.All<Mention>().Where(m => m.Kind is EntityKind.Company or EntityKind.Model or EntityKind.Product && Clauses.Start(sentence, m.Start) == m.Start).Select(sentence.Slice)).Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Any();

    private static bool IsDocumentTitle(int heading, IReadOnlyList<AnnotatedBlock?> blocks) =>
        !blocks.Take(heading).Any(block => block?.Block.Kind == BlockKind.Heading) && blocks.Skip(heading + 1).Any(block => block?.Block is { Kind: BlockKind.Heading } below && below.Heading == heading);

    private static AnnotatedBlock? TitleLine(int index, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        var heading = blocks[index]!.Block.Heading;
        for (var at = index - 1; at >= Math.Max(0, index - LongestList) && blocks[index]!.Block.Kind == BlockKind.Paragraph; at--)
        {
            // What a lead-in lists stands between it and the paragraph that goes on.
            if (blocks[at] is { Block.Kind: BlockKind.ListItem })
                continue;
            if (blocks[at] is not { Block.Kind: BlockKind.Paragraph } before || before.Block.Heading != heading)
                return null;
            if (Leading(before) is not null)
                return IsTitleLine(before) ? before : null;
        }

        return null;
    }

    private static bool IsTitleLine(AnnotatedBlock block) =>
        block.Block.Passage.Text is { Length: <= 48 } text && block.Sentences.Count == 1 && text[^1] is not ('.' or '。' or ';' or '!') && !block.Sentences[0].Annotations.Any(a => a is MoneyValue or PercentValue or QuantityValue);

    // Ratings and what the company says need no name again; other news would.
    private static bool GoesOn(AnnotatedBlock block) =>
        block.All<Mention>().Any(m => m.Kind is "rating" or EntityKind.Publisher) || block.Sentences.Any(sentence => sentence.Contains(["公司", "管理层", "法说", "展望", "可望", "财测", "目标不变", "outlook", "guidance", "management", "the company", "the shares", "the stock"], sentence.Start, sentence.End));

    // The company that opens a heading, item or paragraph, numbering and brackets aside.
    private static Participant? Leading(AnnotatedBlock block)
    {
        if (block.Sentences.Count == 0)
            return null;
        var first = block.Sentences[0];
        var mention = first.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company);
        if (mention is null || mention.Start - first.Start > 8)
            return null;
        var before = first.Slice(first.Start, mention.Start);
        return before.All(c => !char.IsLetter(c) || c is '一' or '二' or '三' or '四' or '五' or '六' or '七' or '八' or '九' or '十') ? Participant.Of(mention, first) : null;
    }

    private static Participant? ThingOver(int index, IReadOnlyList<AnnotatedBlock?> blocks, NameKinds kinds)
    {
        var block = blocks[index]!.Block;
        foreach (var above in new[] { block.Parent, block.Heading })
        {
            if (above < 0 || blocks[above] is not { } title)
                continue;
            // A heading that says more than a name is of its first paragraph, not of all below it.
            if (above != block.Parent && title.Block.Passage.Text.Length > 40)
                return null;
            var things = title.All<Name>().Select(name => (Name: name, Kind: kinds.Kind(name))).Where(thing => thing.Kind is not null).ToList();
            if (things.Count > 0)
                return things.Count == 1 && (above == block.Parent || title.Block.Passage.Text.Length <= things[0].Name.End + 10) ? new Participant(things[0].Kind!, things[0].Name.Text, things[0].Name.Candidates) : null;
        }

        return null;
    }

    private static Mention? MetricOver(Block block, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        foreach (var above in new[] { block.Parent, block.Heading })
        {
            if (above >= 0 && blocks[above] is { } title && title.Block.Passage.Text.Length <= 40 && title.All<Mention>().Where(m => m.Kind == "metric").ToList() is [var only])
                return only;
        }

        return null;
    }

    private const int LongestPart = 16;

    private static readonly string[] ByPart = ["分业务", "分部", "按业务", "业务拆分", "分产品", "各业务", "分板块", "业务表现", "业务进展", "业务亮点", "事业群", "by segment", "segments", "by division", "divisions", "by business", "line of business", "lines of business"];

    private static readonly string[] PartEndings = ["业务", "板块", "分部", "事业部", "事业群", "产品线", "segment", "business", "division"];

    // 云计算：上半年收入…: the part of the company that the lead-in of an item or a short heading names.
    private static string? PartOver(AnnotatedBlock block, IReadOnlyList<AnnotatedBlock?> blocks, ReportContext report)
    {
        var heading = block.Block.Heading >= 0 ? blocks[block.Block.Heading] : null;
        var isByPart = heading is not null && ByPart.Any(word => heading.Block.Passage.Text.Contains(word, StringComparison.OrdinalIgnoreCase));
        var parent = block.Block.Parent >= 0 ? blocks[block.Block.Parent] : null;
        return Part(LeadInOf(block), isByPart || TellsRevenue(block)) ?? Part(parent is null ? null : LeadInOf(parent), isByPart) ?? Part(heading?.Block.Passage.Text, isKnown: false);

        string? Part(string? name, bool isKnown) =>
            name?.Trim() is { Length: >= 2 and <= LongestPart } part && !report.Vocabulary.Find(Passage.Plain(part)).Any(m => m.Kind is "metric" or EntityKind.Company or EntityKind.Publisher)
            && (isKnown || report.Vocabulary.MatchWhole(part, Vocabulary.TermKind.Segment) is not null || PartEndings.Any(ending => part.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                ? part : null;
    }

    private static string? LeadInOf(AnnotatedBlock block) =>
        block.Block.Passage.Text.TrimStart(Numbering) is var text && text.IndexOf(':', StringComparison.Ordinal) is > 1 and <= LongestPart and var colon ? text[..colon] : null;

    // （1）光模块：…
    private static readonly char[] Numbering = [.. "()0123456789.、 ①②③④⑤⑥⑦⑧⑨⑩•·-–"];

    // 光模块：上半年收入…: what revenue is told of right behind the name is a part.
    private static bool TellsRevenue(AnnotatedBlock block) =>
        block.Block.Passage.Text is var text && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && text.AsSpan(colon, Math.Min(10, text.Length - colon)) is var behind
        && (behind.Contains("收入", StringComparison.Ordinal) || behind.Contains("营收", StringComparison.Ordinal) || behind.Contains("revenue", StringComparison.OrdinalIgnoreCase));

    // What the first item of a list is of, so are the others: 1Q26 sales US$2.5bn · gross margin 20%.
    private static PeriodValue? PeriodOfList(int index, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        PeriodValue? period = null;
        for (var at = index; at >= Math.Max(0, index - LongestList) && blocks[at] is { Block.Kind: BlockKind.ListItem } item && item.Block.Parent == blocks[index]!.Block.Parent && item.Block.Heading == blocks[index]!.Block.Heading; at--)
            period = OwnPeriods(item).FirstOrDefault(p => p.Start <= LeadIn && p.Label.Contains('Q', StringComparison.Ordinal));
        return period;
    }

    // The items under a heading speak of the quarter that the first of them names.
    private static PeriodValue? PeriodOfSection(int index, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        var heading = blocks[index]!.Block.Heading;
        for (var before = heading + 1; heading >= 0 && before < index; before++)
        {
            if (blocks[before] is { } sibling && sibling.Block.Heading == heading && OwnPeriods(sibling).FirstOrDefault(p => p.Label.Contains('Q', StringComparison.Ordinal)) is { } period)
                return period;
        }

        return null;
    }

    private static IEnumerable<PeriodValue> OwnPeriods(AnnotatedBlock block) => block.Sentences.SelectMany(SentenceContext.Periods);

    // What a title looks forward to (订单指向下半年) is no period of the figures below it.
    private static PeriodValue? PeriodOver(int heading, IReadOnlyList<AnnotatedBlock?> blocks, DateOnly? reportDate)
    {
        for (; heading >= 0; heading = blocks[heading]?.Block.Heading ?? -1)
        {
            if (blocks[heading] is { } title && OwnPeriods(title).FirstOrDefault() is { } period && !(title.Block.Heading < 0 && period.LastDay > reportDate))
                return period;
        }

        return null;
    }
}
