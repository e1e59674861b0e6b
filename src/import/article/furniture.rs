//! Lines around an article: where it is from, who made it, what the site adds.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::inline::Split;
use super::line::{Share, ends_sentence, is_cjk, is_latin};

/// What only a site says, in lower case.
const SIGNS: &str = "\
    未经授权 未經授權 未经许可 未經許可 不得转载 不得轉載 禁止转载 转载请 轉載請 转载须 轉載須 \
    版权所有 版權所有 平台首发 分享到 扫一扫 扫码 长按识别 点击阅读 点击查看 点击下方 点击这里 \
    点击关注 点击上方 返回目录 返回首页 返回顶部 返回列表 阅读原文 查看更多 查看原文 关注我们 \
    责任编辑 图片来源 图源 更多精彩 上一篇 下一篇 上一页 下一页 上一章 下一章 欢迎关注 欢迎订阅 \
    欢迎转发 欢迎分享 微信公众号 往期回顾 往期推荐 往期精选 点个赞 点赞 在看 收藏本页 添加收藏 \
    加入收藏 我要评论 条评论 发表评论 网友评论 阅读次数 浏览次数 阅读量 备案号 icp备 公网安备 \
    联系我们 关于我们 隐私政策 用户协议 免责声明 违法和不良信息 下载app 打开app 音频下载 文本下载 \
    无断転載 無断転載 プライバシーポリシー お問い合わせ 利用規約 シェアする 記事一覧 무단_전재 \
    재배포_금지 공유하기 목록으로 구독하기 개인정보처리방침 all_rights_reserved copyright © ⓒ \
    click_here read_more: subscribe_to sign_up_for follow_us back_to_top without_permission \
    without_authorization first_published photo_by powered_by leave_a_comment filed_under: \
    share_this share_on_ tags: posted_in related_articles related_posts terms_of_use \
    privacy_policy contact_us about_us";

static SIGN_LIST: LazyLock<Vec<String>> =
    LazyLock::new(|| SIGNS.split_whitespace().map(|sign| sign.replace('_', " ")).collect());

static BUTTON_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| BUTTONS.split_whitespace().collect());
static LABEL_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| LABELS.split_whitespace().collect());

/// Words on buttons and in menus.
const BUTTONS: &str = "\
    首页 主页 登录 注册 分享 收藏 打印 评论 点赞 转发 搜索 返回 下载 字号 大 中 小 微信 微博 \
    朋友圈 qq空间 qq 复制链接 新闻 视频 图片 专题 关于 联系 举报 投稿 订阅 关注 更多 举报 推荐 \
    ホーム 一覧 印刷 ツイート シェア 保存 検索 ログイン 댓글 공유 목록 인쇄 스크랩 로그인 홈 \
    home login register share print comments comment email facebook twitter weibo wechat rss \
    search menu next previous prev bookmark save pdf like likes views reply x instagram youtube \
    linkedin whatsapp telegram news video photos subscribe about contact more archive";

/// What stands in front of a name or a number that belongs to the page.
const LABELS: &str = "\
    来源 來源 作者 编辑 編輯 記者 记者 日期 时间 時間 发布时间 发布 发布于 發布 发表 发表于 更新 \
    更新于 更新时间 最后更新 链接 原文链接 网址 邮箱 译者 翻译 编译 校对 审校 审定 出处 出處 摄影 \
    责编 主编 美编 审核 监制 策划 制作 播音 主播 朗读 配音 撰稿 撰文 撰写 供稿 整理 文 图 文/图 图/文 \
    图片 图说 分类 标签 栏目 字数 词数 难度 浏览 阅读 点击 人气 建议阅读时间 本刊编辑 本报记者 本期编辑 \
    参考文献 参考资料 资料来源 出典 著者 作成 更新日 公開日 文責 写真 撮影 編集 출처 등록 입력 수정 글 \
    사진 기자 편집 작성자 source sources author editor editors date by image photo url reporter \
    written_by edited_by translated_by posted_by published updated last_updated posted tags \
    category categories filed_under views word_count reading_time via credit caption narrator \
    reporting_by posted_on published_on references todo p.s. ps";

/// Whether a short line is what sites put around an article.
pub(super) fn is_furniture(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let share = Share::of(text);
    if share.cjk > 60 || share.words > 16 {
        return false;
    }
    let first_run = (lower.starts_with("本文") || lower.starts_with('（'))
        && (lower.contains("首发") || lower.contains("首發"));
    let more =
        matches!(lower.as_str(), "read more" | "see also" | "[toc]" | "toc" | "read more ...");
    first_run || more || is_menu(&lower) || SIGN_LIST.iter().any(|sign| lower.contains(sign))
}

/// Whether a line is a row of buttons or links: `分享  收藏  打印`, `评论 (2)`.
fn is_menu(lower: &str) -> bool {
    let word = |word: &&str| !word.is_empty();
    let bars = |c: char| "|｜>»/·:：【】[]()（）".contains(c) || c.is_whitespace();
    let words: Vec<&str> = lower.split(bars).filter(word).collect();
    let number = |word: &str| {
        word.trim_end_matches(['条', '次', '人', '+', '万', 'k'])
            .bytes()
            .all(|b| b.is_ascii_digit())
    };
    let known = |word: &&&str| BUTTON_SET.contains(**word);
    let buttons = words.iter().filter(known).count();
    let others = words.iter().filter(|word| !number(word)).count() - buttons;
    // One word in each language may be a pair: `打印 print`.
    let pair = buttons == 2 && lower.contains(is_cjk) && lower.contains(is_latin);
    let parted = lower.contains(['|', '｜', '>', '»']);
    !pair
        && ((buttons >= 3 && buttons >= others)
            || (buttons == 2 && others == 0)
            || (buttons >= 1 && others == 0 && words.len() > buttons)
            || (buttons >= 1 && parted && words.first() == Some(&"首页")))
}

/// Whether what stands in brackets says who wrote, drew or took something.
pub(super) fn is_credit(inside: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["供稿", "撰稿", "供图", "摄", "编译", "整理", "配图", "翻译", "图", "文", "译", "撰"];
    const STARTS: [&str; 11] = [
        "图/",
        "文/",
        "图：",
        "文：",
        "图片",
        "摄影",
        "资料图",
        "photo",
        "image",
        "credit",
        "图自",
    ];
    let inside = inside.trim().to_lowercase();
    let short = inside.chars().count() <= 40;
    let labelled = inside.split_once([':', '：']).is_some_and(|(label, _)| is_page_label(label));
    let ends = inside.contains(char::is_whitespace)
        && ENDINGS.iter().any(|ending| inside.ends_with(ending));
    short && (labelled || ends || STARTS.iter().any(|start| inside.starts_with(start)))
}

fn is_page_label(label: &str) -> bool {
    let label = label.trim().to_lowercase().replace(' ', "_");
    LABEL_SET.contains(label.as_str())
}

/// Whether a line tells about the article: a date, a source, a byline.
pub(super) fn is_metadata(text: &str, splits: &[Split]) -> bool {
    let text = text.trim();
    let share = Share::of(text);
    if text.contains("://") || text.starts_with("www.") {
        return share.cjk < 15;
    }
    let bare = text.trim_start_matches(['*', '（', '(', '[', '【', ' ']);
    let inside = bare.trim_end_matches(['*', '）', ')', ']', '】', ' ']);
    if bare.len() < text.len() && inside.len() < bare.len() && is_credit(inside) {
        return true;
    }
    // The end of a caption.
    if let Some(open) = text.rfind(['（', '(', '['])
        && open > 0
        && text.ends_with(['）', ')', ']'])
        && is_credit(text[open..].trim_matches(|c| "()（）[]".contains(c)))
        && share.cjk < 40
    {
        return true;
    }
    if let Some((label, value)) = bare.split_once([':', '：', '｜', '∣', '|', '/', '／'])
        && is_page_label(label)
    {
        let bar = &bare[label.len()..];
        let colon = bar.starts_with([':', '：', '｜', '∣', '|']);
        // `来源：source` is a pair, `来源：China Daily` tells where it is from.
        let value = value.trim();
        let gloss = splits.len() == 1
            && !value.is_empty()
            && value.chars().all(|c| c.is_lowercase() || c == ' ');
        return !gloss && (colon || !value.contains(is_latin)) && !value.is_empty();
    }
    if is_byline(text) {
        return true;
    }
    is_dated(text)
}

/// Whether an English line names who wrote it or when: `By Mei Lan`, `Posted on May 3`.
fn is_byline(text: &str) -> bool {
    const VERBS: [&str; 7] =
        ["Posted", "Published", "Updated", "Written", "Edited", "Translated", "Reported"];
    let share = Share::of(text);
    let short = share.words <= 10 && share.cjk == 0 && !ends_sentence(text);
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let named = second.starts_with(char::is_uppercase);
    let by = first == "By" && named && share.words <= 7;
    let when = VERBS.contains(&first) && (["by", "on", "in", "at"].contains(&second) || named);
    short && (by || when)
}

/// Whether a date or a time of day with little beside it is all there is.
fn is_dated(text: &str) -> bool {
    if ends_sentence(text) || text.chars().count() > 60 {
        return false;
    }
    if is_english_date(text) {
        return true;
    }
    let tokens: Vec<&str> = text.split_whitespace().collect();
    // `原创 某君 某号 2023-08-21 07:10 发表于某地`
    let posted = ["原创", "发表于", "发布于", "发布时间", "來源", "来源", "作者"];
    if tokens.iter().any(|token| is_date(token)) && posted.iter().any(|sign| text.contains(sign)) {
        return true;
    }
    let parted = tokens.len() <= 12 && text.contains(['|', '｜']) && !text.contains(['，', '。']);
    if parted && tokens.iter().any(|token| is_date(token)) {
        return true;
    }
    let edge = |token: &str| is_date(token) || is_clock(token);
    let at_edge = tokens.first().is_some_and(|t| edge(t)) || tokens.last().is_some_and(|t| edge(t));
    at_edge && tokens.len() <= 8 && !text.contains(['，', '。'])
}

/// Whether an English line holds a date and nothing else: `Monday, May 3, 2021`.
fn is_english_date(text: &str) -> bool {
    const WORDS: &str = "january february march april may june july august september october \
        november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday \
        wednesday thursday friday saturday sunday mon tue wed thu fri sat sun week issue no vol \
        at am pm gmt day";
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &&&str| word.starts_with(|c: char| c.is_ascii_digit());
    let numbers = words.iter().filter(number).count();
    let known =
        words.iter().filter(|word| WORDS.split_whitespace().any(|known| known == **word)).count();
    numbers >= 1 && known >= 1 && numbers + known == words.len()
}

/// Whether a token is a day in digits: `2023.5.16`, `2021-05-06`, `2024年5月1日`.
fn is_date(token: &str) -> bool {
    let token = token.trim_matches(|c: char| !c.is_ascii_digit() && c != '日');
    let parts: Vec<&str> =
        token.split(['-', '.', '/', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    parts.len() == 3
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
        && parts[0].len() == 4
        && parts[1..].iter().all(|part| part.len() <= 2)
}

fn is_clock(token: &str) -> bool {
    let parts: Vec<&str> = token.split([':', '：']).collect();
    (2..=3).contains(&parts.len())
        && parts
            .iter()
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        && parts.get(1).is_some_and(|minutes| minutes.len() == 2)
}

/// Returns the day in a line as `2023-05-16`, if there is one in digits.
pub(super) fn date_of(text: &str) -> Option<String> {
    let token = text
        .split(|c: char| c.is_whitespace() || "()（）|｜∣丨:：".contains(c))
        .find(|t| is_date(t))?;
    let numbers: Vec<u32> = token
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    match numbers.as_slice() {
        &[year, month, day] => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_from_a_line() {
        assert_eq!(date_of("2023.5.16   某班").as_deref(), Some("2023-05-16"));
        assert_eq!(date_of("2024年5月1日 星期三").as_deref(), Some("2024-05-01"));
        assert_eq!(date_of("4.09"), None);
    }
}
