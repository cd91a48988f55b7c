namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>Words that tell of a change of availability, and what must stand around them.</summary>
/// <param name="Change">The ontology's word.</param>
/// <param name="IsBefore">What changes stands before the word (X 延期, X has slipped) rather than behind it (推迟 X, postpones X).</param>
/// <param name="Words">Each says the same.</param>
internal sealed record ChangeWords(string Change, bool IsBefore, params string[] Words)
{
    /// <summary>One of these must stand in the clause; none needed where empty.</summary>
    public string[] With { get; init; } = [];

    /// <summary>None of these may follow at once or stand right before: the word is then another.</summary>
    public string[] Not { get; init; } = [];

    /// <summary>None of these may stand anywhere in the clause: what is told is then the contrary, or long past.</summary>
    public string[] Unless { get; init; } = [];

    /// <summary>An authority or a seller acts here, so that what is sold may be told by its kind alone (对光刻机备件的出口限制).</summary>
    public bool MayBeDescribed { get; init; }

    /// <summary>Where the clause names nothing, what the sentence began with is meant (Kimi 昨晚无法访问, 今晨已恢复).</summary>
    public bool MayGoOn { get; init; }

    private static readonly string[] Places = ["国家", "地区", "市场", "国", "全球", "海外", "欧洲", "欧盟", "日本", "韩国", "印度", "台湾", "香港", "英国", "东南亚", "中东", "德国", "法国", "加拿大", "澳大利亚", "澳洲", "新加坡", "巴西", "中国", "国内"];

    // Prices and rates slip as well as dates.
    private static readonly string[] Prices = ["price", "prices", "pricing", "rate", "rates", "rent", "rental", "rentals", "share", "shares", "stock", "margin", "margins", "revenue", "sales", "profit", "%", "percent", "yields", "demand", "an hour", "per hour", "to $"];

    private static readonly string[] Planned = ["原定", "原计划", "原订", "原本", "原先", "原拟"];

    private static readonly string[] Trade = ["出口", "进口", "销售", "出货", "供应", "供货", "采购", "购买", "订购", "许可", "对华", "接单", "排产", "发货", "转口", "exports", "export", "exporting", "sales", "sale", "selling", "sell", "shipments", "shipping", "ship", "purchases", "buying", "orders", "licence", "licences", "license", "licenses", "China"];

    private static readonly string[] Use = ["使用", "访问", "调用", "下载", "注册", "服务", "功能", "新装", "安装", "应用", "使用者", "接入", "上架", "开放", "提供", "运营", "更新", "app", "access", "use", "using", "feature", "service", "downloads", "sign-ups"];

    private static readonly string[] Control = ["审查", "许可证", "限制", "管制", "要求", "禁令", "禁售", "制裁", "封锁", "许可", "出口", "销售", "出售", "供应", "交付", "清单", "block", "blocks", "blocking", "suspension", "freeze", "injunction", "curbs", "restrictions", "restriction", "ban", "controls", "requirement", "requirements", "rule", "licence", "license", "exports", "sales", "shipments", "export", "ship", "sell", "embargo"];

    private static readonly string[] Lifted = ["解除", "放宽", "取消", "撤回", "撤销", "放行", "恢复", "松绑", "豁免", "lift", "lifted", "eased", "ease", "easing", "removed", "scrapped"];

    private static readonly string[] Past = ["此前", "曾", "去年", "早前", "previously", "last year", "had been"];

    public static readonly IReadOnlyList<ChangeWords> Chinese =
    [
        new("withdrawn", true, "下线", "停用", "停服", "退役", "弃用", "停止运营", "停止服务", "终止服务", "下架", "停止支持") { Not = ["生产线", "产线", "流片", "首台", "首辆", "量产"] },
        new("withdrawn", true, "停止对外提供", "停止提供 API", "停止提供API", "停止对外开放", "停止对外服务", "停止对外供应", "停止免费开放"),
        new("withdrawn", true, "停止在", "不再在", "停止向") { With = ["提供服务", "运营", "提供", "开放", "服务"], Not = ["生产", "客户服务"] },
        new("withdrawn", false, "停掉", "关掉", "下掉") { With = ["API", "接口", "上线", "助手", "插件", "陪练", "产品", "入口", .. Use], Not = ["生产", "产线"], MayBeDescribed = true },
        new("withdrawn", false, "停止向", "不再向", "停止对") { With = ["出售", "销售", "售卖", "订阅"], Not = ["出口", "中国"] },
        new("restricted", false, "责令", "勒令", "要求") { With = ["停止提供", "停止服务", "停止在", "暂停服务", "下架"], Unless = Lifted },
        new("opened", true, "面向海外", "放开", "向海外用户开放") { With = ["开启内测", "开启公测", "开始内测", "测试", "开放", "全体", "所有用户", "用户", "会员", "开发者"], Not = ["限制", "价格", "合约", "许可", "解放", "愿意", "放开手"], MayGoOn = true },
        new("opened", true, "转为可用", "转为正式可用", "正式转为可用", "全面可用", "开放邀测", "启动邀测", "开始邀测") { MayGoOn = true },
        new("opened", false, "可免费使用", "可免费试用", "可免费调用", "可免费下载"),
        new("restricted", true, "被禁", "遭禁", "被禁售", "遭禁售", "暂不可用", "被排除在外", "不在此列", "无法使用", "暂时无法使用", "不再可用") { Unless = Lifted, MayGoOn = true },
        new("expanded", true, "今起覆盖", "起覆盖", "现已覆盖", "新增覆盖", "扩大覆盖") { With = Places },
        new("withdrawn", false, "关停", "停产", "停售", "停止销售", "停止提供", "停止生产", "砍掉", "放弃推出", "终止开发", "取消推出"),
        new("restricted", false, "停止") { With = Trade, Not = ["影响", "不会"], Unless = Lifted, MayBeDescribed = true },
        new("restricted", false, "暂停", "中止", "叫停", "禁止", "限制", "封禁", "禁用", "封锁", "切断", "断供", "收紧", "限购", "不再向", "要求停止") { With = [.. Trade, .. Use], Not = ["受", "影响", "不受", "放宽", "解除", "取消", "撤销", "撤回", "移除", "没有", "交易", "内存", "带宽"], Unless = Lifted, MayBeDescribed = true },
        new("restricted", false, "封禁", "禁用", "屏蔽", "封杀", "下令封锁", "下令禁用") { Not = ["解除", "取消", "撤销", "移除", "解禁", "被"], Unless = Lifted },
        new("restricted", true, "限流", "实施限制", "实施进口限制", "实施出口限制", "实施管制", "须先取得许可", "须取得许可", "需取得许可", "须申请许可", "需申请许可", "须经许可", "列入实体清单", "纳入实体清单", "放进实体清单", "放入实体清单", "列进实体清单", "加入实体清单", "加进实体清单", "列入黑名单", "暂停注册", "停止新装", "停止接单", "暂停接单", "暂停销售", "暂停供应", "停止供应", "遭封禁", "被封禁", "被禁用", "遭禁用", "被叫停") { Unless = Lifted, MayBeDescribed = true },
        new("lifted", false, "解除", "放宽", "放行", "解禁", "批准", "允许", "同意", "获准", "准许", "撤回", "撤销", "取消", "松绑", "豁免", "放开") { With = Control, Not = ["未", "不", "拒绝"], MayBeDescribed = true },
        new("opened", false, "恢复", "重启", "重新开放", "重新上架", "恢复受理") { With = [.. Trade, .. Use, "开放", "受理", "上架", "权限"], Not = ["业绩", "增长", "谈判", "协商", "合作", "战重启", "大战"], MayBeDescribed = true },
        new("lifted", false, "恢复发放", "恢复向") { With = ["许可", "许可证", "牌照"], MayBeDescribed = true },
        new("opened", true, "已恢复", "全部恢复", "恢复正常", "恢复访问", "恢复服务", "恢复使用", "恢复上线", "恢复上架", "重新上线", "重新上架", "重新开放", "完全恢复") { Not = ["业绩", "增长", "供电", "生产"], MayGoOn = true },
        new("withdrawn", true, "退出", "撤离", "撤出") { With = ["市场", "中国", "欧洲", "欧盟", "国内", "大陆", "香港"], Not = ["比赛", "竞争", "股东", "投资", "持股", "登录"] },
        new("expanded", true, "登陆", "落地") { With = ["日本", "韩国", "欧洲", "欧盟", "印度", "东南亚", "英国", "德国", "法国", "台湾", "香港", "国家", "海外", "全球"], Not = ["科创板", "港交所", "资本", "纳斯达克", "A股", "创业板", "量产", "交易所", "实体", "阶段"] },
        new("delayed", true, "改至", "改到", "改为", "延到", "延至", "要到", "要等到", "挪到", "推到") { With = Planned, MayGoOn = true },
        new("opened", true, "全面开放", "对外开放", "开放使用", "开放注册", "开放下载", "开放试用", "开放体验", "开放测试", "开放公测", "免费开放", "全量开放", "开放调用", "开放给", "正式开放", "开放租用", "开放预订", "无需邀请码", "取消邀请码", "对外出租", "恢复开放") { Not = ["平台", "生态", "大会"], Unless = ["权重"], MayGoOn = true },
        new("opened", true, "获准在", "获准上路", "起提供", "起在台提供", "起可用", "起可免费使用", "可供下载") { With = ["服务", "使用", "用户", "上路", "上线", "运营", "下载", "道路"], Not = ["客户服务"] },
        new("opened", false, "上架", "引入", "接入了", "对外出租", "开放") { With = ["平台", "市集", "商店", "市场", "云", "全部", "所有", "公众", "全体", "企业客户", "外部"], Not = ["平台", "生态", "日", "源", "式", "大会", "合作", "性"] },
        new("delayed", false, "推迟", "延后", "押后", "顺延", "往后推", "推后") { Not = ["低", "毫秒", "时延", "网络", "首字", "率"], Unless = Past, MayBeDescribed = true },
        new("delayed", true, "推迟", "延期", "延后", "跳票", "递延", "往后推", "推迟到", "推迟至", "押后", "延宕", "顺延", "推后", "难产", "延至", "晚于原定") { Not = ["低"], Unless = Past, MayBeDescribed = true, MayGoOn = true },
        new("expanded", true, "扩展到", "扩展至", "拓展至", "拓展到", "扩大至", "扩大到", "推广至", "推广到", "在更多地区上线", "在更多国家上线", "更多国家和地区", "更多地区开放") { With = [.. Places, "语言", "用户", "城市"], Not = ["科创板", "港交所", "资本", "纳斯达克", "A股"] },
    ];

    public static readonly IReadOnlyList<ChangeWords> English =
    [
        new("withdrawn", false, "switched off", "switches off", "switch off", "will switch off", "turned off", "turns off", "winding down", "is closing its", "will close its", "is closing down", "to close its", "is pulling", "winds down", "wound down", "stopped selling", "stops selling", "stop selling", "stopped offering", "stops offering", "stop offering", "axes", "axed", "kills", "killed off", "kills off", "pulls the plug on", "pulled the plug on", "shutters", "shuttered", "shutting down", "shut down", "will shut down", "retiring", "retire", "discontinue", "sunsetting", "suspended sales of", "suspends sales of", "halted sales of", "ended sales of", "ends sales of", "stopped sales of", "withdrew from sale"),
        new("withdrawn", true, "was switched off", "is being retired", "goes dark", "reaches end of life", "reached end of life", "will be switched off", "was shut down", "was pulled", "will be withdrawn", "was discontinued", "has been discontinued", "is being discontinued", "will be deprecated", "was taken offline"),
        new("restricted", false, "stop ordering", "stop buying", "stop purchasing", "stop using", "stopped buying", "stop importing", "halt orders of", "halt orders for", "halt purchases of", "from shipping", "from selling", "from exporting", "from buying", "from using", "halted production of", "restricted sales of", "restricts sales of", "banned the use of", "avoid buying", "from importing") { MayBeDescribed = true },
        new("restricted", false, "barred", "blocked", "blocks", "banned", "bans", "halted", "halts", "suspended", "suspends", "paused", "pauses", "restricted", "restricts", "curbed", "curbs", "limited", "tightened", "capped", "throttled") { With = [.. Trade, .. Use], Not = ["roadblock", "by"], MayBeDescribed = true },
        new("restricted", false, "may not sell", "may not ship", "may not export", "can no longer sell", "can no longer ship", "not allowed to sell", "not to sell", "not to ship", "require licences for", "require licenses for", "requires licences for", "requires licenses for", "require a licence for", "require a license for", "requires a licence for", "requires a license for", "require export licences for", "require export licenses for", "reimposed", "reimposes", "re-imposed", "reinstated curbs on", "reinstates curbs on") { Not = ["longer require", "not require"], MayBeDescribed = true },
        new("restricted", true, "was banned", "has been banned", "were banned", "was blocked", "has been blocked", "must first obtain a permit", "require a licence", "require a license", "requires a licence", "requires a license", "require permits", "need a permit", "need a licence", "added to the entity list", "placed on the entity list") { MayBeDescribed = true },
        new("lifted", false, "cleared", "clears", "approved", "approves", "greenlit", "green-lit", "allowed", "allows", "will allow", "to allow", "permits", "permitted", "waved through", "lifted", "lifts", "has lifted", "eased", "eases", "scrapped", "scraps", "rescinded", "revoked", "withdrew", "dropped", "waived", "loosened", "relaxed", "ended", "ends", "end", "unblocked", "unblocks", "unfroze", "ended its", "overturned", "suspended its") { With = Control, Not = ["not"], MayBeDescribed = true },
        new("opened", false, "resumed sales of", "resumed shipments of", "resumes sales of", "resume sales of", "resume shipments of", "resumes shipments of", "restarted shipments of", "restored access to", "restores access to", "reopened access to", "brought back", "brings back", "reinstated", "reinstates", "switched back on", "turned back on", "reopened", "restored") { MayBeDescribed = true },
        new("opened", true, "selectable in", "selectable inside", "available inside", "went generally available", "goes generally available", "became generally available", "reached general availability", "reaches general availability", "hit general availability", "went live on", "goes live on", "is live on", "live in", "out of beta", "out of preview", "open to all", "is open to everyone", "now open to", "back online", "back in the App Store", "available again", "dropped its waitlist", "drops its waitlist", "dropped the waitlist", "no longer needs an invitation"),
        new("opened", true, "is open to", "are open to", "is now open to", "will be open to", "opens to", "will open to", "opened to") { With = ["developers", "academics", "researchers", "users", "customers", "subscribers", "public", "everyone", "anyone", "students", "start-ups", "startups", "outside", "partners"] },
        new("opened", false, "throws open", "threw open", "opened up", "opens up", "opened", "opens", "opening", "to open", "will open", "open") { With = ["to all", "to every", "to everyone", "to the public", "to outside", "to anyone", "to customers", "to developers", "to paying", "to free", "all customers"], Not = ["source", "weights"] },
        new("delayed", false, "pushed back", "pushes back", "pushing back", "push back", "postponed", "postpones", "postponing", "put off", "puts off", "deferred", "defers", "held back", "delayed", "delays", "delaying", "delay to", "delays to", "delay of", "delay in", "hold back"),
        new("delayed", true, "previously promised for", "previously planned for", "previously due in", "previously guided for", "originally promised for", "originally planned for", "originally due in", "originally slated for", "had been promised for", "had been due in", "had been planned for", "was originally due in", "now planned for", "now expected in", "now due in", "now slated for", "now only due in", "moves out to", "moved out to", "slides to", "slid to", "moved to the right") { With = ["now"], Unless = Prices, MayGoOn = true },
        new("delayed", false, "pushed", "has pushed", "pushes", "pushing", "moved", "bumped") { With = ["to", "into", "until", "from"], Not = ["by"], Unless = ["Hugging Face", "GitHub", "ModelScope", "production", "live", "market"], MayBeDescribed = true },
        new("delayed", true, "has slipped", "slipped", "slips", "will slip", "have slipped", "is delayed", "are delayed", "is late", "will be late", "running late", "is running late", "was pushed back", "has been pushed back", "has been delayed", "have been delayed", "was delayed", "were delayed", "pushed to", "behind schedule", "faces a delay", "faces delays", "will not ship until", "will not arrive until", "be delayed", "being delayed", "has been postponed", "was postponed", "month late", "months late", "week late", "weeks late", "quarter late", "quarters late") { Unless = Prices, MayGoOn = true },
        new("expanded", false, "rolled out", "rolls out", "rolling out", "expanded", "expands", "extended", "extends", "brought", "brings", "bringing", "to bring") { With = ["countries", "regions", "markets", "languages", "Europe", "Japan", "Korea", "India", "UK", "EU", "Taiwan", "Canada", "Brazil", "Germany", "France", "globally", "worldwide"], Not = ["source"] },
        new("expanded", true, "is coming to", "comes to", "coming to", "arrives in", "arrived in", "will arrive in", "lands in", "launches in", "launched in", "debuts in", "is now in", "rolls out in", "rolled out in", "expands to", "expanded to", "expands into", "expanded into", "went live in", "available in") { With = ["countries", "regions", "markets", "languages", "Europe", "Japan", "Korea", "India", "UK", "EU", "Taiwan", "Canada", "Brazil", "Germany", "France", "Australia", "Singapore", "Hong Kong", "Britain"] },
    ];
}
