using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Products without a name of their own, called by what they do: 上线 AI 购物助手, 更新 AI 搜索功能, 为某产品推出网页版.</summary>
public static class DescribedProductRules
{
    private static readonly string[] Verbs = ["发布", "推出", "上线", "更新", "升级", "新增", "引入", "开通", "推出了", "上线了", "发布了", "引入了", "加入", "加入了", "内测", "公测", "内测了", "接入了", "增设", "加推", "端出", "发表", "带来", "释出", "launched", "launches", "rolled out", "rolls out", "introduced", "introduces", "added", "adds", "unveiled", "unveils", "released", "releases", "is testing", "began testing", "tests"];

    private static readonly string[] Openers = ["全新的", "全新", "新版", "新一代", "首个", "首款", "一款", "一项", "一个", "自研的", "自研", "最新的", "最新", "系列", "试商用的", "试商用", "了", "名为", "面向消费者的", "面向个人的", "a new", "an", "a", "the", "its", "new"];

    // A phrase with one of these is of many things or of none.
    private static readonly string[] Vague = ["多项", "多个", "多款", "一系列", "更多", "部分", "若干", "各类", "相关", "以下", "上述", "更大", "更强", "全套", "个", "款", "项", "新品", "活动", "服务器", "聚焦", "围绕", "面向", "打造", "布局", "”", "“", "、", "平台上", "游戏", "手游", "短剧"];

    // Quoted titles of papers, campaigns and events.
    private static readonly string[] Papers = ["方案", "意见", "通知", "计划", "报告", "行动", "办法", "白皮书", "条例", "指南", "规划", "活动", "节", "奖", "倡议", "榜", "季", "会", "赛"];

    // What names an edition of the product before it.
    private static readonly string[] Editions = ["网页版", "移动端", "桌面端", "桌面版", "手机版", "国际站", "国际版", "插件", "客户端", "浏览器插件", "App", "web version", "desktop app", "mobile app"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("release/described-product", Lit(Verbs).As("verb"), Described),
        new("release/edition", Seq(Lit("为", "给", "for").As("for"), Ann<Name>("name", name => name.Kind is EntityKind.Product or EntityKind.Model), Lit("推出", "上线", "开发", "发布"), Lit(Editions).As("edition")), Edition),
        new("release/quoted-product", Seq(Lit(Verbs).As("verb"), Opt(Lit("了")), Gap(16, "。；，、,;"), Ann<Name>("name", name => name.Quoted && name.Kind is null)), Quoted),
    ];

    private static IEnumerable<FactDraft> Described(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (sentence.Has("上线下", verb.Start, out _))
            return [];
        var end = PhraseEnd(sentence, verb.End);
        var start = AfterOpeners(sentence, verb.End, end);
        // Its last part after 的 is the name: 面向老人的 AI 陪伴助手.
        if (start >= end)
            return [];
        var cut = sentence.Slice(start, end).LastIndexOf('的');
        start = sentence.SkipSpace(cut < 0 ? start : start + cut + 1);
        if (end - start is < 4 or > 14 || HeadNouns.Ending(sentence.Slice(start, end)) is not { Kind: EntityKind.Product, Category: not ("technology" or "platform" or "service") } noun)
            return [];
        // 加入小鹏汽车: a company, whatever its name ends with.
        if (sentence.Within<Mention>(start, end).Any(m => m.Kind == EntityKind.Company && m.End == end))
            return [];
        var text = sentence.Slice(start, end);
        var modifier = text[..^noun.Word.Length].Trim();
        if (modifier.Length < 2 || Vague.Any(word => modifier.Contains(word, StringComparison.Ordinal)) || char.IsDigit(text[0]) || sentence.Within<Name>(verb.End, end).Any(name => !IsTopic(context, name) || name.End <= start))
            return [];
        if (Maker.Before(context, verb.Start) is not { } maker || verb.Start - maker.Start > 24)
            return [];
        return [Draft(context, Participant.Unknown(EntityKind.Product, text), maker, noun.Category, maker.Start, end)];
    }

    // Latin letters inside a description that name nothing by themselves: AI, PC.
    private static bool IsTopic(SentenceContext context, Name name) => context.Report.Kinds.Kind(name) is null;

    private static IEnumerable<FactDraft> Edition(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (name, edition) = (match.Get<Name>("name"), match.Get<Span>("edition"));
        if (Maker.Before(context, name.Start) is not { } maker)
            return [];
        var text = char.IsAsciiLetter(sentence.Slice(edition)[0]) ? $"{name.Text} {sentence.Slice(edition)}" : name.Text + sentence.Slice(edition);
        return [Draft(context, Participant.Unknown(EntityKind.Product, text), maker, HeadNouns.Ending(text)?.Category ?? "app", maker.Start, edition.End)];
    }

    private static IEnumerable<FactDraft> Quoted(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, name) = (match.Get<Span>("verb"), match.Get<Name>("name"));
        // “导演模式”: the noun may be the name's own last part.
        var noun = NounEvidence.Behind(sentence, name) ?? NounEvidence.Before(sentence, name) ?? (HeadNouns.Ending(name.Text) is { } own && own.Word.Length < name.Text.Length ? own : null);
        // 推出“…”: right behind a strong verb the quotes alone say that it is a name.
        if (noun is null && name.Start - verb.End <= 1 && sentence.Slice(verb) is "推出" or "推出了" && NounEvidence.PhraseBehind(sentence, name) is null && !Papers.Any(word => name.Text.EndsWith(word, StringComparison.Ordinal)))
            noun = new HeadNoun("", EntityKind.Product, null);
        if (noun is not { Kind: EntityKind.Product } || sentence.Passage.Text.LastIndexOf('《', name.Start, name.Start - sentence.Start + 1) > sentence.Passage.Text.LastIndexOf('》', name.Start, name.Start - sentence.Start + 1) || (Maker.Before(context, verb.Start)?.Company ?? context.CarriedCompany()) is not { } company)
            return [];
        if (company.Kind == EntityKind.Organisation)
            return [];
        var maker = Maker.Before(context, verb.Start) ?? new Maker(company, verb.Start);
        return [Draft(context, Participant.Unknown(EntityKind.Product, name.Text), maker, noun.Category, Math.Min(maker.Start, verb.Start), name.End)];
    }

    private static FactDraft Draft(SentenceContext context, Participant product, Maker maker, string? category, int start, int end) =>
        context.Draft("ProductLaunched", start, end, [("product", product), ("company", maker.Company)], [("category", category), ("stage", Stages.OfProduct(context.Sentence, start, end, product.Name))]);

    private static int PhraseEnd(Sentence sentence, int from)
    {
        var end = Clauses.End(sentence, from);
        foreach (var word in new[] { "等", "并", "、", "和", "以及", "及", "与", "后" })
        {
            var at = sentence.Passage.Text.IndexOf(word, from, end - from, StringComparison.Ordinal);
            end = at > from ? at : end;
        }

        while (end > from && sentence.Passage.Text[end - 1] == ' ')
            end--;
        return end;
    }

    private static int AfterOpeners(Sentence sentence, int from, int end)
    {
        for (var at = sentence.SkipSpace(from); ;)
        {
            var opener = Openers.FirstOrDefault(word => at + word.Length < end && sentence.Has(word, at, out _));
            if (opener is null)
                return at;
            at = sentence.SkipSpace(at + opener.Length);
        }
    }
}
