using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>
/// A word or phrase that says that something can or cannot be had, and the thing beside it in the same clause, before or behind. Speaks only where
/// the rules that know the shape of the sentence are silent.
/// </summary>
public static class AccessFrameRules
{
    private static readonly (string Change, string[] Words)[] Changes =
    [
        ("lifted",
        [
            "重新获准", "获准对华", "获准出口", "获准销售", "获准向", "恢复对华", "恢复出口", "恢复销售", "恢复供应", "恢复出货", "恢复上架", "重新上架", "放行", "解除对", "撤回对", "取消对", "撤销对", "批准出口", "批准对华", "获得出口许可", "获发许可", "获出口许可", "解封", "重返", "撤回",
            "cleared to", "allowed to resume", "can resume", "resume sales", "resumed sales", "resume shipments", "green light", "greenlit", "approved exports", "approved sales", "lifted its ban", "back on sale", "unbanned", "reinstated", "restored",
        ]),
        ("restricted",
        [
            "列入实体清单", "纳入实体清单", "列入黑名单", "停止采购", "不得采购", "不得使用", "禁止采购", "禁止使用", "暂停下载", "暂停销售", "暂停出口", "停止向", "不再向", "不再支持", "暂停向", "暂停供应", "停供", "停止新装", "暂停新装", "暂停排产", "停止排产", "暂停对华", "停止对华", "断供", "驳回", "未获批", "拒绝批准", "须取得许可", "须先取得许可", "需取得许可", "须申请许可", "需申请许可", "需要许可", "许可要求", "许可证要求", "受阻", "封锁", "禁售", "停止发放", "要求停止", "要求停用", "管制清单", "纳入管制", "纳入出口管制", "限制出口",
            "require licences", "require licenses", "requires a licence", "requires a license", "require a licence", "require a license", "will require", "suspended downloads", "suspends downloads", "suspended", "suspends", "halted sales", "halts sales", "halt sales", "halted", "blocked from", "barred from", "banned from", "stopped selling", "stop selling", "stops selling", "entity list", "blacklisted", "cut off", "prohibits", "prohibited", "off-limits", "geo-blocked",
        ]),
        ("delayed", ["推迟", "延后", "延至", "延到", "跳票", "顺延", "推延", "押后", "延期", "delayed", "delays", "delaying", "postponed", "postpones", "pushed back", "pushes back", "pushing back", "slipped into", "slips to", "slipped to", "set back", "behind schedule", "won't ship until", "held up"]),
        ("withdrawn", ["下架", "停用", "停服", "终止", "关停", "关闭", "退役", "下线", "弃用", "停止提供", "停止服务", "退出", "撤下", "移除", "收回", "将下线", "retire", "retired", "retires", "discontinue", "discontinued", "pulled", "pulls", "taken down", "took down", "shut down", "shuts down", "shutting down", "withdrawn", "withdrew", "removed", "sunset", "wind down", "winding down", "killed off", "switched off"]),
        ("expanded", ["登陆", "扩展至", "扩展到", "拓展至", "推广至", "扩至", "扩大至", "进军", "登录", "拓展到", "上线至", "bringing", "brings", "expands to", "expanded to", "expanding to", "extends to", "extended to", "rolls out in", "rolled out in", "launches in", "launched in", "comes to", "came to", "coming to", "arrived in", "lands in"]),
        ("opened",
        [
            "开放使用", "开放注册", "全面开放", "取消邀请码", "无需邀请码", "开放申请", "开放访问", "免费开放", "起提供", "起在台", "起可用", "上架到", "上架至", "上架", "接入", "首发上线", "上线", "获准", "恢复服务", "重新开放", "开放给", "供所有", "可供", "向公众",
            "available to", "available on", "available in", "available through", "available via", "is live on", "opening it to", "opens to", "opened to", "open to", "dropped the waitlist", "drops the waitlist", "waitlist", "no waitlist", "added", "adds", "will host", "hosts", "will also host", "is hosting", "offers", "now offers", "can now use", "free to use", "made free",
        ]),
    ];

    private static readonly string[] Every = [.. Changes.SelectMany(change => change.Words)];

    // Places, for what is spread rather than released.
    private static readonly string[] Places = ["国家", "地区", "市场", "日本", "韩国", "台湾", "香港", "欧洲", "欧盟", "印度", "东南亚", "美国", "英国", "德国", "法国", "巴西", "新加坡", "海外", "全球", "countries", "country", "markets", "Japan", "Korea", "Taiwan", "Hong Kong", "Europe", "EU", "India", "Brazil", "UK", "Germany", "France", "Singapore", "regions", "languages", "states", "China", "Canada", "Australia"];

    private static readonly string[] Platforms = ["平台", "云", "Bedrock", "Azure", "Vertex", "Cloud", "OCI", "Foundry", "AWS", "Hub", "App Store", "Play", "store", "marketplace", "GitHub", "Hugging Face", "百炼", "千帆", "方舟", "Copilot"];

    private static readonly string[] Shares = ["上市公司", "股票", "股价", "市值", "退市", "摘牌", "IPO", "shares", "stock", "listing", "delisted from the NYSE", "营收", "收入", "利润", "revenue", "profit"];

    public static IReadOnlyList<Rule> All { get; } = [new("availability/frame", Lit(Every).As("word"), Changed)];

    private static IEnumerable<FactDraft> Changed(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var word = match.Get<Span>("word");
        if (sentence.Contains(Shares, sentence.Start, sentence.End))
            return [];
        var change = Changes.First(change => change.Words.Contains(sentence.Slice(word), StringComparer.OrdinalIgnoreCase)).Change;
        // The first change of the sentence, by the order of the list, speaks for it.
        if (Changes.TakeWhile(other => other.Change != change).Any(other => sentence.Contains(other.Words, sentence.Start, sentence.End)))
            return [];
        if (change == "restricted" && Listed(context, word) is { } listed)
            return IsTold(context) ? [] : listed;
        var things = Beside(context, word, change);
        if (things.Count == 0 && Houses.Contains(sentence.Slice(word), StringComparer.OrdinalIgnoreCase))
            things = OfHouse(context, word);
        if (things.Count == 0 || !Fits(context, change, things, word) || IsTold(context))
            return [];
        var start = Math.Min(things[0].Start, word.Start);
        return AvailabilityDraft.Of(context, things, change, By(context, start, things[0]), null, start, Math.Max(word.End, things[^1].End));
    }

    // The rules that know more have found it.
    private static bool IsTold(SentenceContext context) =>
        OpeningRules.All.Concat(AccessRules.All).Any(rule => rule.Pattern.In(context.Sentence).Any(match => rule.Build(match, context).Any()));

    // Of these a company may be the thing: Manus 取消邀请码, 解除对安世的管制.
    private static readonly string[] Houses = ["取消邀请码", "无需邀请码", "开放注册", "全面开放", "解除对", "撤销对", "取消对", "撤回对", "dropped the waitlist", "drops the waitlist", "waitlist", "下架", "重新上架", "恢复上架", "暂停下载", "suspended downloads"];

    private static IReadOnlyList<Party> OfHouse(SentenceContext context, Span word)
    {
        var sentence = context.Sentence;
        var company = context.Sentence.Slice(word)[^1] == '对' || char.IsAsciiLetter(sentence.Slice(word)[0]) ? PartyLists.Behind(context, word.End, reach: 6).FirstOrDefault() : PartyLists.Subjects(context, word.Start).LastOrDefault();
        return company is { Who: { Kind: EntityKind.Company, Candidates.Count: > 0 } } ? [company] : [];
    }

    // 将 B 列入实体清单: whoever is listed may no longer be served.
    private static IEnumerable<FactDraft>? Listed(SentenceContext context, Span word)
    {
        var sentence = context.Sentence;
        if (!sentence.Slice(word).Contains("清单", StringComparison.Ordinal) && !sentence.Slice(word).Contains("黑名单", StringComparison.Ordinal) && !sentence.Slice(word).Contains("list", StringComparison.OrdinalIgnoreCase))
            return null;
        var from = sentence.Find(["将", "把", "adds", "added", "put", "puts", "placed"], sentence.Start, word.Start)?.End ?? sentence.Start;
        var listed = PartyNames.In(context, from, word.Start).Where(party => party.Who.Kind == EntityKind.Company).ToList();
        var by = PartyNames.In(context, sentence.Start, word.Start).FirstOrDefault(party => party.Who.Kind == EntityKind.Organisation);
        return listed.Count == 0 ? [] : AvailabilityDraft.Of(context, listed, "restricted", by?.Who, listed[0].Who, Math.Min(listed[0].Start, by?.Start ?? listed[0].Start), word.End);
    }

    private static IReadOnlyList<Party> Beside(SentenceContext context, Span word, string change)
    {
        var clause = PartyLists.ClauseStart(context.Sentence, word.Start);
        var before = Things.Before(context, word.Start).Where(thing => thing.Start >= clause && !PartyLists.IsOblique(context.Sentence, thing)).ToList();
        var behind = Things.Behind(context, word.End, reach: 40);
        // Passive and verb-last sentences have the thing before; who adds, hosts or delays has it behind.
        return before.Count > 0 && (behind.Count == 0 || change is not ("delayed" or "withdrawn" or "opened" or "lifted") || context.Sentence.Slice(word)[0] >= '\u4e00') ? before
            : behind.Count > 0 ? behind
            : change is "delayed" or "restricted" or "lifted" ? Things.Before(context, word.Start) : [];
    }

    private static bool Fits(SentenceContext context, string change, IReadOnlyList<Party> things, Span word)
    {
        var sentence = context.Sentence;
        var end = Math.Min(sentence.End, Math.Max(word.End, things[^1].End) + 40);
        return change switch
        {
            "expanded" => sentence.Contains(Places, word.Start, end),
            "opened" => (char.IsAsciiLetter(sentence.Slice(word)[0]) || sentence.Slice(word) is "上线" or "上架" or "上架到" or "上架至" or "接入" or "首发上线" or "获准") ? IsElsewhere(context, things, word, end) : true,
            "withdrawn" => things[0].Who.Candidates.Count > 0 || sentence.All<Name>().Any(name => name.Start == things[0].Start && context.Report.Kinds.Kind(name) is not null),
            _ => true,
        };
    }

    // On another's platform, or to everyone, or somewhere.
    private static bool IsElsewhere(SentenceContext context, IReadOnlyList<Party> things, Span word, int end)
    {
        var sentence = context.Sentence;
        var isHan = sentence.Slice(word)[0] >= '\u4e00';
        var hosts = !isHan ? PartyNames.In(context, sentence.Start, end) : things[0].Start > word.Start ? PartyLists.Subjects(context, word.Start) : PartyLists.Behind(context, word.End, reach: 4);
        var host = hosts.Any(party => party.Who.Candidates.Count > 0 && !things.Contains(party) && party.Who.Kind is EntityKind.Company or EntityKind.Product && !Maker(context, things[0], party));
        return (host && things.Any(thing => thing.Who.Kind == EntityKind.Model)) || sentence.Contains(["everyone", "all users", "the public", "subscribers", "all customers", "所有用户", "全部用户", "公众"], word.Start, end) || sentence.Contains(Places, word.Start, end) && sentence.Slice(word) is "获准" or "available in"
            || (char.IsAsciiLetter(sentence.Slice(word)[0]) && sentence.Contains(Platforms, word.Start, end) && things.Any(thing => thing.Who.Kind == EntityKind.Model) && !sentence.Contains(["API"], word.Start, end));
    }

    private static bool Maker(SentenceContext context, Party thing, Party party) => Things.Maker(context, thing) is { } maker && Releases.Maker.AreOneHouse(context, party.Who.Candidates, maker.Candidates[0]);

    private static Participant? By(SentenceContext context, int at, Party thing) =>
        PartyNames.In(context, context.Sentence.Start, Math.Max(at, context.Sentence.Start)).LastOrDefault(party => party.Who.Kind is EntityKind.Company or EntityKind.Organisation)?.Who ?? Things.Maker(context, thing) ?? context.CarriedCompany();
}
