using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>Opened to all, taken up by another's platform, restored, spread to more places; spare capacity put on sale.</summary>
public static partial class OpeningRules
{
    private static readonly string[] Open = ["开放", "免费开放", "开放公测", "公测", "开放使用", "开放下载", "全量开放", "开放访问", "开放申请", "开放测试"];

    private static readonly string[] Adverbs = ["并且", "并", "且", "也", "已", "现", "同时", "首次", "免费", "全面", "正式", "目前", "即日起", "起", "完成迭代", "同步", "将", "均", "还", "现已", "率先", "逐步"];

    private static readonly string[] Users = ["用户", "开发者", "企业", "客户", "公众", "订阅者", "会员", "所有人", "创作者", "商家"];

    private static readonly string[] Expand = ["扩展到", "扩展至", "扩大到", "扩大至", "拓展至", "拓展到", "推广至", "推广到", "覆盖至", "扩至", "expands to", "expanded to", "expanding to", "will reach", "is rolling out to", "rolling out to", "rolled out to"];

    private static readonly string[] Spare = ["富余", "闲置", "剩余", "多余", "用不完", "过剩", "spare", "excess", "surplus", "idle", "unused"];

    private static readonly string[] Sell = ["出售", "出租", "卖给", "转售", "对外提供", "转租", "sell", "sells", "selling", "rent out", "lease out", "resell"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/availability/opened-to", Seq(Lit("向", "面向", "对").As("to"), Gap(14, ",。;"), Lit(Users).As("users"), Gap(4, ",。;"), Lit(Open).As("verb")), OpenedTo),
        new("zh/availability/on-platform", Lit("上线", "登陆", "入驻", "上架").As("verb"), OnPlatform),
        new("zh/availability/taken-up", Lit("接入", "上架", "引入").As("verb"), TakenUp),
        new("zh/availability/restored", Seq(Lit("恢复", "重新开放", "取消").As("verb"), Gap(16, "。;"), Lit("访问权限", "访问", "服务", "邀请码", "等待名单", "候补名单", "排队").As("what")), Restored),
        new("availability/expanded", Lit(Expand).As("verb"), Expanded),
        new("availability/spare-capacity", Seq(Lit(Spare).As("spare"), Gap(8, ",。;"), Lit("算力", "计算能力", "计算资源", "产能", "compute", "capacity", "computing power").As("noun")), SpareCapacity),
        new("en/availability/opens-thing", Seq(Lit("opens", "opened", "opens up", "opened up", "is opening", "will open", "to open", "has opened", "made", "makes", "is making", "will make", "has made").As("verb"), Gap(40, ",;."), Lit("to all", "to every", "to everyone", "to the public", "available to all", "available to everyone", "available to every", "generally available", "free for all", "free to all").As("to")), OpensThing),
        new("en/availability/opened", Seq(Lit("available on", "now available on", "available in", "now available in", "available through", "available via", "comes to", "came to", "lands on", "arrives on", "added to", "open to all", "opens to all", "opened to all", "available to all", "available to everyone").As("verb")), EnglishOpened),
    ];

    private static IEnumerable<FactDraft> OpenedTo(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (to, users, verb) = (match.Get<Span>("to"), match.Get<Span>("users"), match.Get<Span>("verb"));
        // 向全部用户开放 X 功能: what a test had before is opened to all.
        if (IsToAll(sentence, to, users) && Things.Behind(context, verb.End, reach: 3) is { Count: > 0 } opened && !sentence.Contains(["预览", "API", "接口"], verb.End, Math.Min(sentence.End, verb.End + 6)))
            return AvailabilityDraft.Of(context, opened, "opened", Opener(context, to.Start, opened[0]), Participant.Unknown(EntityKind.Organisation, sentence.Slice(to.End, users.End).Trim()), to.Start, opened[^1].End);
        // 向开发者开放 X, 开放公开预览: what is named behind the verb is released.
        if (Things.Behind(context, verb.End, reach: 8).Count > 0 || sentence.Contains(["预览", "API", "接口"], verb.End, Math.Min(sentence.End, verb.End + 6)))
            return [];
        var clause = PartyLists.ClauseStart(sentence, to.Start);
        var thing = Things.Before(context, to.Start).LastOrDefault(own => own.Start >= clause) is { } own ? new Subject(own, context)
            : IsBare(sentence.Slice(clause, to.Start)) ? CarriedThing(context) ?? FirstThing(context, to.Start) : null;
        if (thing is null)
            return [];
        var by = PartyLists.Subjects(context, thing.Context == context ? thing.Thing.Start : to.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company && party.Who.Candidates.Count > 0)?.Who ?? Things.Maker(thing.Context, thing.Thing) ?? context.CarriedCompany();
        var affected = Participant.Unknown(EntityKind.Organisation, sentence.Slice(to.End, users.End).Trim());
        return AvailabilityDraft.Of(context, [thing.Thing], "opened", by, affected, thing.Context == context ? Math.Min(thing.Thing.Start, to.Start) : to.Start, verb.End);
    }

    private static bool IsToAll(Sentence sentence, Span to, Span users) => new[] { "全部", "所有", "全体", "全量", "全网" }.Any(word => sentence.Slice(to.End, users.End).Contains(word, StringComparison.Ordinal));

    // Who opens: the company of the clause, or the house whose product does.
    private static Participant? Opener(SentenceContext context, int at, Party opened) =>
        PartyLists.Subjects(context, at).LastOrDefault() switch
        {
            { Who.Kind: EntityKind.Company } party => party.Who,
            { } thing => Things.Maker(context, thing),
            null => Things.Maker(context, opened),
        } ?? context.CarriedCompany();

    // X 登陆/上线 P: P is another's, else X is only released.
    private static IEnumerable<FactDraft> OnPlatform(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var things = Things.Before(context, verb.Start);
        var platform = PartyLists.Behind(context, verb.End, reach: 1).FirstOrDefault();
        if (things.Count == 0 || platform is null || verb.Start - things[^1].End > 10 || platform.Who.Kind is EntityKind.Index or EntityKind.Model || Things.IsOwn(context, things[0], platform))
            return [];
        // DeepSeek 上线 V4.1: what a maker brings out is no place.
        if (context.Sentence.All<Name>().Any(name => name.Start < platform.End && platform.Start < name.End && context.Report.Kinds.Kind(name) == EntityKind.Model))
            return [];
        return AvailabilityDraft.Of(context, things, "opened", platform.Who, null, things[0].Start, platform.End);
    }

    // P 接入 X: a platform takes up another's model.
    private static IEnumerable<FactDraft> TakenUp(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var models = Things.Behind(context, verb.End, reach: 16).Where(thing => thing.Who.Kind == EntityKind.Model).ToList();
        var platform = PartyLists.Subjects(context, verb.Start).LastOrDefault();
        if (models.Count == 0 || platform is null || platform.Who.Kind == EntityKind.Model || Things.IsOwn(context, models[0], platform))
            return [];
        return AvailabilityDraft.Of(context, models, "opened", platform.Who, null, Math.Min(platform.Start, verb.Start), models[^1].End);
    }

    private static IEnumerable<FactDraft> Restored(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var isRestored = context.Sentence.Slice(verb) != "取消" || match.Get<Span>("what") is { } what && context.Sentence.Slice(what) is "邀请码" or "等待名单" or "候补名单" or "排队";
        if (!isRestored)
            return [];
        var things = Things.In(context, verb.Start, match.End);
        if (things.Count == 0)
            things = Things.Before(context, verb.Start);
        var subjects = things.Count > 0 ? things : CarriedThings(context);
        var by = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company && party.Who.Candidates.Count > 0)?.Who ?? (things.Count > 0 ? Things.Maker(context, things[0]) : null) ?? context.CarriedCompany();
        return AvailabilityDraft.Of(context, subjects, "opened", by, null, verb.Start, match.End);
    }

    private static IEnumerable<FactDraft> Expanded(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseStart(context.Sentence, verb.Start);
        var thing = Things.Before(context, verb.Start).LastOrDefault(t => t.Start >= clause);
        // 脉络视窗扩大到 256K: a figure grows; only places and people are reached.
        var isFigure = context.Sentence.Annotations.Any(a => a is NumberValue or QuantityValue { Unit: "tokens" or "parameters" or "GB" } or PercentValue or MultipleValue or MoneyValue && a.Start >= verb.End && a.Start - verb.End <= 3 && !context.Sentence.Contains(["个", "国", "地", "countries", "markets", "regions", "languages", "cities"], a.End, Math.Min(context.Sentence.End, a.End + 6)));
        if (thing is null || isFigure || context.Sentence.Contains(["方言", "语种", "语言", "窗口", "上下文"], thing.End, verb.Start))
            return [];
        var by = PartyLists.Subjects(context, thing.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company && party.Who.Candidates.Count > 0)?.Who ?? Things.Maker(context, thing) ?? context.CarriedCompany();
        // Ads in ChatGPT are not ChatGPT.
        var part = context.Sentence.Slice(clause, thing.Start).Trim();
        var subject = part.EndsWith(" in", StringComparison.Ordinal) && part.Length < 24 ? new Party(clause, thing.End, Participant.Unknown(EntityKind.Product, $"{part} {thing.Who.Name}")) : thing;
        return AvailabilityDraft.Of(context, [subject], "expanded", by, null, subject.Start, verb.End);
    }

    private static IEnumerable<FactDraft> SpareCapacity(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        if (!sentence.Contains(Sell, sentence.Start, sentence.End) || PartyLists.Companies(context, match.Start).LastOrDefault() is not { } owner)
            return [];
        var (spare, noun) = (match.Get<Span>("spare"), match.Get<Span>("noun"));
        var name = sentence.Slice(noun).Any(char.IsAsciiLetter) ? sentence.Slice(spare.Start, noun.End) : sentence.Slice(noun);
        return AvailabilityDraft.Of(context, [new Party(spare.Start, noun.End, Participant.Unknown(EntityKind.Product, name))], "opened", owner.Who, null, Math.Min(owner.Start, spare.Start), noun.End);
    }

    private static IEnumerable<FactDraft> EnglishOpened(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var isToAll = context.Sentence.Slice(verb).Contains(" to ", StringComparison.Ordinal) && context.Sentence.Slice(verb) is not ("comes to" or "came to" or "added to");
        var thing = Things.Before(context, verb.Start).LastOrDefault();
        var platform = isToAll ? null : PartyLists.Behind(context, verb.End, reach: 6).FirstOrDefault();
        if (thing is null || (!isToAll && (platform is null || Things.IsOwn(context, thing, platform))))
            return [];
        return AvailabilityDraft.Of(context, [thing], "opened", platform?.Who ?? Things.Maker(context, thing) ?? context.CarriedCompany(), null, thing.Start, platform?.End ?? verb.End);
    }

    // Google opened Gemini Agent Mode to all users
    private static IEnumerable<FactDraft> OpensThing(PatternMatch match, SentenceContext context)
    {
        var (verb, to) = (match.Get<Span>("verb"), match.Get<Span>("to"));
        var isMade = context.Sentence.Slice(verb) is var word && (word.StartsWith("ma", StringComparison.OrdinalIgnoreCase) || word.EndsWith("making", StringComparison.OrdinalIgnoreCase) || word.EndsWith("make", StringComparison.OrdinalIgnoreCase) || word.EndsWith("made", StringComparison.OrdinalIgnoreCase));
        var things = Things.Behind(context, verb.End, reach: 6);
        if (things.Count == 0 || things[0].End > to.Start || (isMade && !context.Sentence.Slice(to).Contains("available", StringComparison.OrdinalIgnoreCase) && !context.Sentence.Slice(to).StartsWith("free", StringComparison.OrdinalIgnoreCase)))
            return [];
        return AvailabilityDraft.Of(context, things, "opened", Opener(context, verb.Start, things[0]), null, verb.Start, to.End);
    }

    // Nothing but adverbs before 向: the clause goes on about what the text is about.
    // 7 月 21 日起, 下周起
    [System.Text.RegularExpressions.GeneratedRegex("[0-9]{1,2} ?月 ?[0-9]{1,2} ?日|[0-9]{1,2}/[0-9]{1,2}|[本下]周[一二三四五六日]?|[本下]月|[自从于]", System.Text.RegularExpressions.RegexOptions.CultureInvariant, 1000)]
    private static partial System.Text.RegularExpressions.Regex DayOpening();

    private static bool IsBare(string text)
    {
        foreach (var word in Adverbs.OrderByDescending(word => word.Length))
            text = text.Replace(word, "", StringComparison.Ordinal);
        return DayOpening().Replace(text, "").Trim().Length <= 1;
    }

    private static Subject? FirstThing(SentenceContext context, int to) =>
        Things.In(context, context.Sentence.Start, to) is { Count: > 0 } things && things[0].Start - context.Sentence.Start < 24 && !IsCompared(context.Sentence, things[0]) ? new Subject(things[0], context) : null;

    // 优于 Gemini 3.1 Pro: the thing beside which another is set is not the one the text is about.
    private static bool IsCompared(Sentence sentence, Party thing)
    {
        var before = sentence.Slice(Math.Max(sentence.Start, thing.Start - 8), thing.Start).TrimEnd();
        return new[] { "超过", "优于", "超越", "较", "比", "为", "胜过", "高于", "对比", "与", "赶超", "领先", "击败", "好于", "上一代", "前代", "than", "over" }.Any(word => before.EndsWith(word, StringComparison.Ordinal));
    }

    private sealed record Subject(Party Thing, SentenceContext Context);

    private static Subject? CarriedThing(SentenceContext context)
    {
        // What a block is about stands in its first sentence; later ones bring in rivals.
        foreach (var before in context.Earlier.Reverse())
        {
            if (Things.In(before, before.Sentence.Start, before.Sentence.End).FirstOrDefault(thing => !IsCompared(before.Sentence, thing)) is { } found)
                return new Subject(found, before);
        }

        return null;
    }

    private static IReadOnlyList<Party> CarriedThings(SentenceContext context)
    {
        foreach (var before in context.Earlier)
        {
            if (Things.Before(before, before.Sentence.End) is { Count: > 0 } things)
                return things;
        }

        return [];
    }
}
