using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>Whose operating figure it is: the company, product, model or chip named nearest before it, or the one that the text went on about.</summary>
public static class FigureSubject
{
    // A name that no vocabulary knows must stand right before what is said of it.
    private const int Near = 16;

    private static readonly string[] Makers = ["开发商", "母公司", "开发公司", "的开发商", "的母公司", "maker", "developer", "owner", "parent", "-maker", "creator"];

    private static readonly string[] Selves = ["公司", "集团", "该公司", "the company", "the group", "it "];

    /// <param name="context">The sentence.</param>
    /// <param name="at">Start of the metric or of the figure, whichever comes first.</param>
    /// <param name="isOfCompany">What only a company can have, as a valuation or a run rate: of a name that is both, the company is meant.</param>
    public static Participant? Of(SentenceContext context, int at, bool isOfCompany = false) => Named(context, at, isOfCompany)?.Who ?? Carried(context);

    /// <summary>The subject that the sentence itself names before a position, and where.</summary>
    public static (Participant Who, Annotation Span)? Named(SentenceContext context, int at, bool isOfCompany = false)
    {
        var sentence = context.Sentence;
        var mentions = sentence.All<Mention>().Where(m => m.End <= at && IsSubject(m.Kind) && !context.IsOblique(m) && !IsAside(sentence, m, at)).Select(m => (Who: Participant.Of(m, sentence), Span: (Annotation)m));
        var names = sentence.All<Name>().Where(name => name.End <= at && IsName(sentence, name, at) && !context.IsOblique(name)).Select(name => (Who: Of(name), Span: (Annotation)name));
        var all = mentions.Concat(names).ToList();
        if (all.Count == 0)
            return null;
        var (who, span) = all.OrderBy(found => found.Span.End).ThenBy(found => found.Span.Length).ThenBy(found => isOfCompany == (found.Who.Kind == EntityKind.Company)).Last();
        return sentence.Find(Makers, span.End, Math.Min(sentence.End, span.End + 8)) is { } maker && sentence.Slice(span.End, maker.Start).Trim().Length == 0 && MakerOf(context, who) is { } owner ? (owner, span) : (who, span);
    }

    // backlog of $118bn, of which Meta is a third; active power…: who is part of the figure before is not of whom the next clause speaks.
    private static bool IsAside(Sentence sentence, Mention mention, int at) =>
        sentence.Contains(["of which", "其中"], Math.Max(sentence.Start, mention.Start - 10), mention.Start) && sentence.Slice(mention.End, at).Contains(';', StringComparison.Ordinal);

    /// <summary>The goods that a clause opens with, behind its period: 2025 年中国加速卡出货…; null where it opens with anything else.</summary>
    /// <param name="context">The sentence.</param>
    /// <param name="at">Start of the metric.</param>
    public static Participant? Goods(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var start = sentence.Annotations.Where(a => a is PeriodValue or DateValue or MoneyValue or PercentValue or Mention { Kind: "metric" or EntityKind.Publisher or EntityKind.Organisation } && a.End <= at && !sentence.All<Mention>().Any(m => m.Kind == "segment" && m.Start <= a.Start && a.End <= m.End)).Select(a => a.End).Append(Clauses.Start(sentence, at)).Max();
        // 在国内市场的份额: where it is measured.
        var place = sentence.Find(["在", "占", "的", "in the", "in"], start, at);
        var text = sentence.Slice(start, place?.Start ?? at).Trim(' ', ',', ':');
        // Where the text is on a company, its goods are the company's own unless a market or a house that counts is named.
        var isOfMarket = Markets.Any(region => text.Contains(region, StringComparison.OrdinalIgnoreCase)) || sentence.All<Mention>().Any(m => m.Kind is EntityKind.Publisher or EntityKind.Organisation) || context.CarriedCompany() is null;
        foreach (var region in Regions)
            text = text.StartsWith(region, StringComparison.OrdinalIgnoreCase) ? text[region.Length..].Trim() : text;
        var isPhrase = isOfMarket && text.Length is >= 2 and <= 24 && !Selves.Any(self => text.Contains(self.Trim(), StringComparison.OrdinalIgnoreCase)) && !NoGoods.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) && text.Any(char.IsLetter);
        return isPhrase ? Participant.Unknown(EntityKind.Product, text) : null;
    }

    private static readonly string[] Markets = ["全球", "国内", "国产", "中国", "大陆", "北美", "美国", "台湾", "行业", "整体市场", "global", "worldwide", "China", "domestic"];

    private static readonly string[] Regions = ["全球", "国内", "puts", "sees", "expects", "global", "worldwide", "数据,", "预计", "预估", "预测", "显示", "估"];

    private static readonly string[] NoGoods = ["其", "该", "其中", "累计", "单季", "合计", "总", "预", "公司", "同比", "环比", "数据", "将", "已", "its", "their", "the ", "said", "that", "we "];

    private static Participant? Carried(SentenceContext context)
    {
        if (context.Sentence.Find(Selves, context.Sentence.Start, context.Sentence.End) is not null)
            return context.CarriedCompany();
        foreach (var before in context.Earlier)
        {
            var sentence = before.Sentence;
            if (sentence.All<Mention>().FirstOrDefault(m => IsSubject(m.Kind) && m.Start - sentence.Start <= 12 && !before.IsOblique(m)) is { } mention)
                return Participant.Of(mention, sentence);
        }

        return context.CarriedCompany();
    }

    /// <summary>The company itself, or the maker of a product, model or chip; null where none is known.</summary>
    public static Participant? Company(SentenceContext context, Participant subject) => subject.Kind == EntityKind.Company ? subject : MakerOf(context, subject);

    // 这家 ChatGPT 开发商: who makes it is meant.
    private static Participant? MakerOf(SentenceContext context, Participant product)
    {
        var vocabulary = context.Report.Vocabulary;
        return product.Candidates.Count > 0 && vocabulary.Entry(product.Candidates[0]).Maker is { } maker ? new Participant(EntityKind.Company, vocabulary.Entry(maker).Name, [maker]) : null;
    }

    private static Participant Of(Name name) =>
        new(name.Kind ?? EntityKind.Product, name.Text, name.Candidates);

    public static bool IsSubject(string kind) => kind is EntityKind.Company or EntityKind.Product or EntityKind.Model or EntityKind.Chip;

    private static bool IsName(Sentence sentence, Name name, int at)
    {
        if (name.Kind is not null)
            return IsSubject(name.Kind);
        var isOther = name.Quoted || name.Text.Length < 3 || sentence.Annotations.Any(a => a is Mention or PeriodValue or DateValue or QuantityValue or MoneyValue or PercentValue && a.Start < name.End && name.Start < a.End);
        return !isOther && at - name.End <= Near && sentence.Slice(name.End, at).IndexOfAny([',', ';', ':', '。', '、']) < 0;
    }
}
